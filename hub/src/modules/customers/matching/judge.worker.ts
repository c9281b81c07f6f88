import { parentPort, workerData } from "node:worker_threads";
import { createJudge, type Plan, type Unit } from "../domain/matching/index.ts";

/** A thread that judges one unit after the other; the plan comes with its start. */
const { judge } = createJudge(workerData as Plan); // given by run-match.ts

parentPort?.on("message", (unit: Unit) => {
  const judged = judge(unit);
  // Every typed array here was made for this answer and owns its whole buffer.
  const buffers = [judged.a, judged.b, judged.odds].map(({ buffer }) => buffer as ArrayBuffer);
  parentPort?.postMessage(judged, buffers);
});
