"""Ads in a text: how a line is read, judged and taken away.

`words` knows what ads say, `tokens` finds it in a line, `cues` which lines are worth that,
`reading` weighs one line, `own` tells what of it is the story's, `furniture` knows what pages
and forums leave, `verdict` says whether the line is an ad, `headings` keeps the headings of
chapters out of it, `lessons` learns the names of sites, `survey` does all of it over a book,
`stretches` finds ads stuck to sentences whole, and `rules` takes whole lines and scraps of them away.
"""
