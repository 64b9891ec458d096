"""networkx (https://networkx.org): python3 networkx_matching.py FILE (see edges.ts)."""

import array
import sys
import time

import networkx

numbers = array.array("i")
with open(sys.argv[1], "rb") as file:
    numbers.frombytes(file.read())
graph = networkx.Graph()
graph.add_weighted_edges_from(
    (numbers[at], numbers[at + 1], numbers[at + 2]) for at in range(2, len(numbers), 3)
)
start = time.thread_time()
pairs = networkx.max_weight_matching(graph, maxcardinality=True)
taken = time.thread_time() - start
print(taken * 1000, sum(graph.edges[pair]["weight"] for pair in pairs))
