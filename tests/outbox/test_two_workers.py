"""Many workers on one table: nothing is done twice, and nothing is left."""

import threading
from collections import Counter

from outbox.claiming import begin_sending
from outbox.errands import SENT, Errand
from tests.mail.office import PATIENCE_SECONDS
from tests.outbox.conftest import Clock, Outbox

ITEMS, WORKERS = 60, 4


def test_no_item_is_done_by_two(outbox: Outbox, time: Clock) -> None:
    items = {outbox.put(about=str(number)) for number in range(ITEMS)}
    done: Counter[object] = Counter()
    all_at_it = threading.Barrier(WORKERS)
    begun = threading.local()

    def sends(errand: Errand) -> str:
        if not hasattr(begun, "first"):
            begun.first = errand
            # Nobody goes on until each of the workers holds an item.
            all_at_it.wait(PATIENCE_SECONDS)
        begin_sending(errand)
        done[errand.item_id] += 1
        return SENT

    def work() -> None:
        outbox.worker(sends).work_off()

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(done) == items
    assert set(done.values()) == {1}
    assert {outbox.row(item).outcome for item in items} == {SENT}
