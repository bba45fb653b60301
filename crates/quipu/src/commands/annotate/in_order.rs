//! Work on several threads whose results come in order, with no more of them
//! waiting than a few for each thread.

use std::collections::BTreeMap;
use std::sync::mpsc::channel;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Results that may wait for their turn, for each thread.
const AHEAD: usize = 2;

/// How far the work is.
struct State {
    /// The next piece nobody works on.
    next: usize,
    /// Pieces whose results were taken.
    taken: usize,
    /// Whether the rest is not wanted.
    stop: bool,
}

struct Queue {
    state: Mutex<State>,
    moved: Condvar,
}

impl Queue {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next piece to work on, once it is not too far ahead.
    fn next(&self, count: usize, ahead: usize) -> Option<usize> {
        let mut state = self.state();
        while !state.stop && state.next < count && state.next >= state.taken + ahead {
            state = self
                .moved
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        if state.stop || state.next >= count {
            return None;
        }
        state.next += 1;
        Some(state.next - 1)
    }

    fn stop(&self) {
        self.state().stop = true;
        self.moved.notify_all();
    }
}

/// Lets nobody wait for a thread that went down.
struct Leaving<'a>(&'a Queue);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

/// Makes `count` pieces, one thread for each of `hands`, and hands them over in
/// order, until all are taken or one cannot be.
pub(super) fn in_order<H: Send, T: Send, E>(
    count: usize,
    hands: &mut [H],
    make: &(impl Fn(usize, &mut H) -> T + Sync),
    mut take: impl FnMut(usize, T) -> Result<(), E>,
) -> Result<(), E> {
    if let Some(hand) = hands.first_mut().filter(|_| count < 2) {
        return (0..count).try_for_each(|at| take(at, make(at, hand)));
    }
    if let [hand] = hands {
        return (0..count).try_for_each(|at| take(at, make(at, hand)));
    }
    let ahead = AHEAD * hands.len();
    let queue = Queue {
        state: Mutex::new(State {
            next: 0,
            taken: 0,
            stop: false,
        }),
        moved: Condvar::new(),
    };
    let (give, got) = channel();
    std::thread::scope(|scope| {
        for hand in hands.iter_mut().take(count) {
            let (queue, give) = (&queue, give.clone());
            scope.spawn(move || {
                let _leaving = Leaving(queue);
                while let Some(at) = queue.next(count, ahead) {
                    if give.send((at, make(at, hand))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(give);
        let mut waiting = BTreeMap::new();
        let mut turn = 0;
        while turn < count {
            let Ok((at, made)) = got.recv() else { break };
            waiting.insert(at, made);
            while let Some(made) = waiting.remove(&turn) {
                if let Err(error) = take(turn, made) {
                    queue.stop();
                    return Err(error);
                }
                turn += 1;
                queue.state().taken = turn;
                queue.moved.notify_all();
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::{AHEAD, in_order};

    #[test]
    fn results_come_in_order_and_few_wait() {
        for threads in [1, 2, 4, 7] {
            let mut hands = vec![(); threads];
            let (made, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let make = |at: usize, (): &mut ()| {
                if at.is_multiple_of(5) {
                    std::thread::sleep(Duration::from_millis(2));
                }
                let ahead = made.fetch_add(1, Ordering::SeqCst) + 1;
                let behind = taken.load(Ordering::SeqCst);
                assert!(ahead <= behind + AHEAD * threads + threads);
                at
            };
            let mut all = Vec::new();
            let done: Result<(), ()> = in_order(100, &mut hands, &make, |at, made| {
                assert_eq!(at, made);
                taken.fetch_add(1, Ordering::SeqCst);
                all.push(at);
                Ok(())
            });
            assert_eq!(done, Ok(()));
            assert_eq!(all, (0..100).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_taker_that_has_enough_ends_the_work() {
        let mut hands = vec![(); 3];
        let done = in_order(1_000, &mut hands, &|at, (): &mut ()| at, |at, _| {
            if at < 10 { Ok(()) } else { Err(at) }
        });
        assert_eq!(done, Err(10));
    }
}
