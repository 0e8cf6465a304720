"""The server goes away while a label is on its way: that it left is never denied, nor sent again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from labelapp.dispensing import send
from labelapp.dispensing.office.prints import NotSettled
from labelapp.dispensing.shown import Wanted
from labelapp.rx.receipt import Receipt
from tests.dispensing.office.offices import Counter, counter, with_lot
from tests.store.postgres import Server


@pytest.fixture
def at(server: Server, tmp_path: Path) -> Iterator[Counter]:
    made = counter(tmp_path, server.new_database("desk"))
    yield made
    made.office.close()


def test_a_label_that_left_while_the_server_went_is_in_doubt(
    at: Counter, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = at.desk()
    shown = desk.look(with_lot(at), Wanted())
    sent: list[Path] = []

    def save_and_lose_the_server(_shown: object, path: Path, _today: object) -> Receipt:
        sent.append(path)
        server.stop()
        return Receipt("file", str(path), 1)

    monkeypatch.setattr(send, "save", save_and_lose_the_server)
    try:
        with pytest.raises(NotSettled):
            desk.save(shown, str(at.folder / "label.pdf"))
    finally:
        server.start()
    assert len(sent) == 1
    (job,) = at.office.prints.in_doubt()
    at.office.prints.it_printed(job.id)
    assert at.office.prints.in_doubt() == ()
    assert len(sent) == 1
