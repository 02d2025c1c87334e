"""A court that is asked to stop does so, also while people look at their cases."""

from court import Court
from people import PLAINTIFF, open_as


def test_a_court_with_open_pages_stops(browser):
    with Court("stopping") as court:
        page = open_as(browser, PLAINTIFF, court.origin)
        page.goto("/cases")
        # The page of a case listens for what happens in it, for as long as it is open.
        with page.expect_response(lambda answer: "/live?" in answer.url) as listening:
            page.locator("main ul.cases a").first.click()
        assert listening.value.status == 200
        court.stop()
        assert court.process.returncode == 0, court.last_words()
        page.context.close()
