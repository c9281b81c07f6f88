/** A progress bar where a person watches, a line per step where a file is written. */
export type Progress = {
  step(name: string): void;
  /** `made` things of the present step are loaded. */
  count(made: number): void;
  done(): void;
};

type Output = { readonly isTTY?: boolean; write(text: string): unknown };

export function showProgress(output: Output, steps: number): Progress {
  const started = performance.now();
  let at = 0;
  let name = "";
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
  const bar = (text: string) => {
    if (output.isTTY) output.write(`\r\u001B[2K  Loading the demo chain [${"#".repeat(at).padEnd(steps, "·")}] ${text}`);
  };
  return {
    step(next) {
      at += 1;
      name = next;
      if (output.isTTY) bar(name);
      else output.write(`  Loading the demo chain ${at}/${steps}: ${name}\n`);
    },
    count: (made) => bar(`${name}: ${made.toLocaleString("en")}`),
    done() {
      if (output.isTTY) output.write("\r\u001B[2K");
      output.write(`  The demo chain is loaded (${seconds()} s)\n`);
    },
  };
}
