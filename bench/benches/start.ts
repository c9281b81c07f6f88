import { openDataSet } from "../lib/data-set.ts";
import { startOn } from "../lib/hub.ts";
import { figure, type Bench } from "../lib/report.ts";

const ROUNDS = 3;

export const start: Bench = {
  name: "start",
  about:
    "the bundle with the embedded database on a data set of 1,000 products: from the start of the process to the first ready answer, median of three; memory when idle",
  async run() {
    const times: number[] = [];
    let memory = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const hub = await startOn(openDataSet({ products: 1000, customers: 1000 }).home);
      times.push(hub.readyMs / 1000);
      // Idle means: after the first second, when what the start loaded is loaded.
      await new Promise((done) => setTimeout(done, 2000));
      memory = Math.max(memory, hub.memoryBytes() / 1024 / 1024);
      await hub.stop();
    }
    const median = times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
    return [figure("ready_embedded_s", median, "s", ROUNDS), figure("memory_mb", memory, "MB")];
  },
};
