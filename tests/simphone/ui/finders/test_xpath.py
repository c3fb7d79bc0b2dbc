import pytest

from harness.simphone.ui.finders.xpath import find_by_xpath
from harness.simphone.ui.hierarchy import SourceOptions
from harness.simphone.ui.layout import lay_out
from harness.simphone.ui.widgets import column, row, text

PAGE = column(row(text("a"), text("b"), height=100), text("c"))
lay_out(PAGE, (0, 0, 1000, 1000))


def test_results_are_the_nodes_themselves_in_document_order() -> None:
    found = find_by_xpath("//android.widget.TextView", [PAGE], None, SourceOptions())
    assert [node.text for node in found] == ["a", "b", "c"]
    assert found[2] is PAGE.children[1]


def test_the_context_is_found_only_when_asked_for() -> None:
    line = PAGE.children[0]
    assert find_by_xpath(".", [PAGE], line, SourceOptions()) == [line]
    assert line not in find_by_xpath("//*", [PAGE], line, SourceOptions())


@pytest.mark.parametrize("expression", ["//*[", "1 + 1", "string(//*)"])
def test_what_is_no_element_path_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match="XPath"):
        find_by_xpath(expression, [PAGE], None, SourceOptions())


def test_attributes_are_not_elements() -> None:
    assert find_by_xpath("//*/@text", [PAGE], None, SourceOptions()) == []
