"""Take a port, give an address."""

import pytest

from bot.channels.web.server import address_of, listen


def test_port_that_is_taken_gives_way_to_the_next_free_one() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with listen("127.0.0.1", port, tries=20) as second:
            assert port < second.getsockname()[1] < port + 20


def test_port_that_is_taken_is_refused_where_no_other_is_wanted() -> None:
    with listen("127.0.0.1", 0) as first, pytest.raises(OSError, match="in use"):
        listen("127.0.0.1", first.getsockname()[1])


@pytest.mark.parametrize(("host", "shown"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "localhost")])
def test_address_is_one_that_a_browser_reaches(host: str, shown: str) -> None:
    with listen(host, 0) as listening:
        assert address_of(listening) == f"http://{shown}:{listening.getsockname()[1]}/"
