// LEMON (https://lemon.cs.elte.hu), Debian's liblemon-dev: lemon FILE (see edges.ts).
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <vector>
#include <lemon/matching.h>
#include <lemon/smart_graph.h>

static double milliseconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

int main(int, char **argv) {
  FILE *file = fopen(argv[1], "rb");
  int32_t head[2];
  if (file == nullptr || fread(head, 4, 2, file) != 2) return 1;
  std::vector<int32_t> edges(3 * static_cast<size_t>(head[1]));
  if (fread(edges.data(), 4, edges.size(), file) != edges.size()) return 1;
  lemon::SmartGraph graph;
  graph.reserveNode(head[0]);
  graph.reserveEdge(head[1]);
  for (int member = 0; member < head[0]; member++) graph.addNode();
  for (size_t at = 0; at < edges.size(); at += 3)
    graph.addEdge(graph.nodeFromId(edges[at]), graph.nodeFromId(edges[at + 1]));
  lemon::SmartGraph::EdgeMap<int> score(graph);
  for (int at = 0; at < head[1]; at++) score[graph.edgeFromId(at)] = edges[3 * static_cast<size_t>(at) + 2];
  const double from = milliseconds();
  lemon::MaxWeightedPerfectMatching<lemon::SmartGraph> matching(graph, score);
  if (!matching.run()) return 2;
  printf("%f %d\n", milliseconds() - from, matching.matchingWeight());
}
