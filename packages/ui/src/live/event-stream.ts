/** One server-sent event. `id` is its position in the hub's log, which a reconnect resumes from. */
export type ServerEvent = { readonly name: string; readonly data: string; readonly id: string | undefined };

/**
 * Reads the text/event-stream format piece by piece, as pieces arrive from the network (WHATWG HTML, section 9.2.6).
 * Comments (heartbeats) answer no event; an event that is not ended by an empty line yet waits for its rest.
 */
export function eventStreamReader(onEvent: (event: ServerEvent) => void): (piece: string) => void {
  let waiting = "";
  let name = "message";
  let id: string | undefined;
  let data: string[] = [];

  function readLine(line: string): void {
    if (line === "") {
      if (data.length > 0) onEvent({ name, data: data.join("\n"), id });
      name = "message";
      data = [];
      return;
    }
    const colon = line.indexOf(":");
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") name = value;
    else if (field === "data") data.push(value);
    else if (field === "id") id = value;
  }

  return (piece) => {
    const lines = (waiting + piece).split(/\r\n|\n|\r(?!$)/);
    waiting = lines.pop() ?? "";
    for (const line of lines) readLine(line);
  };
}
