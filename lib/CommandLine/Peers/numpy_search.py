"""Exact search as one writes it with NumPy: a matrix product, argpartition, and a sort of the ten.

Arguments: a .npy file of rows and one of queries. Each line on stdin, a number of queries, searches once and answers with the seconds.
"""

import sys
import time

import numpy as np

rows = np.load(sys.argv[1])
queries = np.load(sys.argv[2])


def search(count):
    scores = queries[:count] @ rows.T
    best = np.argpartition(-scores, 10, axis=1)[:, :10]
    order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1)
    return np.take_along_axis(best, order, axis=1)


print("ready", flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    search(int(line))
    print(time.perf_counter() - start, flush=True)
