"""The highest-scoring tree with exactly one word under the root. Scores are `[word, head]`,
both 0..n, 0 the root."""

import numpy as np

NEVER = -1e9


def tree(scores):
    """Heads of words 1..n."""
    scores = scores.astype(np.float64).copy()
    n = scores.shape[0]
    scores[0, :] = NEVER
    np.fill_diagonal(scores, NEVER)
    heads = scores.argmax(1)
    if (heads[1:] == 0).sum() == 1 and _is_tree(heads):
        return heads[1:]
    heads = _chu_liu_edmonds(scores)
    roots = [i for i in range(1, n) if heads[i] == 0]
    if len(roots) == 1:
        return heads[1:]
    best = None
    for root in sorted(roots, key=lambda r: -scores[r, 0])[:4]:
        one = scores.copy()
        one[:, 0] = NEVER
        one[root, :] = NEVER
        one[root, 0] = 0
        heads = _chu_liu_edmonds(one)
        total = scores[np.arange(1, n), heads[1:]].sum()
        if best is None or total > best[0]:
            best = (total, heads)
    return best[1][1:]


def _is_tree(heads):
    n = len(heads)
    hangs = np.zeros(n, bool)
    hangs[0] = True
    for i in range(1, n):
        path, v = [], i
        while not hangs[v]:
            if v in path:
                return False
            path.append(v)
            v = heads[v]
        hangs[path] = True
    return True


def _cycle(heads):
    """Some cycle of the graph of best heads, or None."""
    n = len(heads)
    seen = np.zeros(n, int)  # 1 on the path just walked, 2 done
    for i in range(1, n):
        if seen[i]:
            continue
        path, v = [], i
        while v > 0 and seen[v] == 0:
            seen[v] = 1
            path.append(v)
            v = heads[v]
        cycle = path[path.index(v) :] if v > 0 and seen[v] == 1 else None
        for p in path:
            seen[p] = 2
        if cycle:
            return cycle
    return None


def _chu_liu_edmonds(scores):
    n = scores.shape[0]
    heads = scores.argmax(1)
    heads[0] = -1
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    cycle = np.array(cycle)
    inside = np.zeros(n, bool)
    inside[cycle] = True
    rest = np.nonzero(~inside)[0]  # old numbers of what is kept; rest[0] = 0
    m = len(rest)
    small = np.full((m + 1, m + 1), NEVER)  # the cycle becomes node m
    small[:m, :m] = scores[np.ix_(rest, rest)]
    kept = scores[cycle, heads[cycle]]
    out_of = scores[np.ix_(rest, cycle)]
    best_out = out_of.argmax(1)
    small[:m, m] = out_of.max(1)
    into = scores[np.ix_(cycle, rest)] - kept[:, None]
    best_in = into.argmax(0)
    small[m, :m] = into.max(0) + kept.sum()
    small[0, :] = NEVER
    np.fill_diagonal(small, NEVER)
    found = _chu_liu_edmonds(small)
    out = heads.copy()
    for a in range(1, m):
        out[rest[a]] = cycle[best_out[a]] if found[a] == m else rest[found[a]]
    head = found[m]
    out[cycle[best_in[head]]] = rest[head]
    return out
