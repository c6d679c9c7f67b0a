"""Plots as SVG, the same bytes for the same figures."""

import io

from benchmarks.page.figures import Plot

INCHES = (6.4, 3.6)


def svg(plot: Plot) -> str:
    """The lines of a plot, each labelled, on logarithmic axes."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt
    from matplotlib.ticker import FuncFormatter

    with mpl.rc_context({"svg.hashsalt": plot.key, "svg.fonttype": "none", "font.size": 9}):
        figure, axes = plt.subplots(figsize=INCHES, layout="constrained")
        for one in plot.series:
            xs, ys = zip(*one.points, strict=True)
            width = 2.2 if one.name.startswith("builder") else 1.2
            axes.plot(xs, ys, marker="o", markersize=4, linewidth=width, label=one.name)
        axes.set(xscale="log", yscale="log", title=plot.title, xlabel=plot.x, ylabel=plot.y)
        places = sorted({x for one in plot.series for x, _ in one.points})
        axes.set_xticks(places, [f"{x:g}" for x in places], minor=False)
        axes.set_xticks([], minor=True)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y:g}"))
        axes.yaxis.set_minor_formatter(FuncFormatter(lambda _y, _: ""))
        axes.grid(alpha=0.3, which="both")
        axes.legend(frameon=False)
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
        plt.close(figure)
    return "\n".join(line.rstrip() for line in drawn.getvalue().splitlines()) + "\n"
