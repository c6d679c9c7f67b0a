"""Keys of a TOML document are found on their lines, and only keys."""

from builder.core.toml_lines import key_lines


def test_keys_and_tables_stand_where_they_are_written() -> None:
    document = '# 注\n[book]\ntitle = "渡口"\n\n[pdf]\ntrim = "A5"\n'
    assert key_lines(document) == {
        ("book",): 2,
        ("book", "title"): 3,
        ("pdf",): 5,
        ("pdf", "trim"): 6,
    }


def test_text_inside_values_is_no_key() -> None:
    document = (
        '[book]\ndescription = """\ntitle = "假"\n[pdf]\n"""\n'
        "subjects = [\n  'a = 1', # b = 2\n  \"]\",\n]\nrights = 'x'\n"
    )
    assert key_lines(document) == {
        ("book",): 1,
        ("book", "description"): 2,
        ("book", "subjects"): 6,
        ("book", "rights"): 10,
    }


def test_dotted_and_quoted_keys_are_split() -> None:
    assert key_lines('book.title = "a"\n"book"."date" = 1\n') == {
        ("book", "title"): 1,
        ("book", "date"): 2,
    }


def test_windows_line_ends_count_once() -> None:
    assert key_lines('[book]\r\ntitle = "a"\r\ndate = "b"\r\n')[("book", "date")] == 3


def test_arrays_of_tables_and_unfinished_values_do_not_confuse() -> None:
    assert key_lines("[[a]]\nb = 1\n[[a]]\nb = 2\nc = [1,\n") == {
        ("a",): 1,
        ("a", "b"): 2,
        ("a", "c"): 5,
    }
