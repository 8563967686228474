"""Folders of any depth, without a name, a list or content."""

from tests.bookmarks.formats.netscape.reading import read_body, told
from trackeep.bookmarks.formats import What


def test_folders_nested_too_deeply_are_flattened_and_told() -> None:
    opening = "".join(f"<DT><H3>{depth}</H3><DL><p>" for depth in range(53))
    rows, problems = read_body(
        opening + '<DT><A HREF="https://deep.example">x</A>' + "</DL><p>" * 53 + '<DT><A HREF="https://a.example">y</A>'
    )
    assert [row.folders for row in rows] == [tuple(str(depth) for depth in range(50)), ()]
    assert [problem.what for problem in problems] == [What.TOO_DEEP] * 3


def test_lists_without_end_take_no_memory() -> None:
    rows, problems = read_body("<DL>" * 200_000 + '<DT><A HREF="https://a.example">x</A>' + "</DL>" * 200_000)
    assert ([row.folders for row in rows], problems) == ([()], [])


def test_folders_without_list_name_or_content() -> None:
    rows, problems = read_body(
        "<DT><H3>No list</H3>\n<DT><H3> </H3><DL><p>"
        '<DT><A HREF="https://a.example">in a nameless folder</A></DL></DL></DL></DL>'
        '<DT><H3>Open<DL><p><DT><A HREF="https://b.example">b</A></DL><DT><H3>Last</H3>'
    )
    assert [row.folders for row in rows] == [(), ("Open",)]
    assert told(problems) == [(0, What.EMPTY_FOLDER, "No list"), (2, What.EMPTY_FOLDER, "Last")]


def test_a_folder_with_only_a_folder_in_it_is_not_empty() -> None:
    _rows, problems = read_body("<DT><H3>Outer</H3><DL><p><DT><H3>Inner</H3><DL><p></DL></DL>")
    assert told(problems) == [(0, What.EMPTY_FOLDER, "Outer / Inner")]


def test_a_list_inside_the_list_of_a_folder_belongs_to_it() -> None:
    rows, problems = read_body('<DT><H3>F</H3><DL><p><DL><p><DT><A HREF="https://a.example">x</A></DL></DL>')
    assert ([row.folders for row in rows], problems) == ([("F",)], [])


def test_a_description_ends_the_name_of_a_folder() -> None:
    rows, _problems = read_body('<DT><H3>F<DD>About it<DL><p><DT><A HREF="https://a.example">x</A></DL>')
    assert [row.folders for row in rows] == [("F",)]
