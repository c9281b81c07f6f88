import { expect, it } from "vitest";
import { eventStreamReader, type ServerEvent } from "./event-stream.ts";

function readPieces(...pieces: string[]): ServerEvent[] {
  const events: ServerEvent[] = [];
  const read = eventStreamReader((event) => events.push(event));
  for (const piece of pieces) read(piece);
  return events;
}

const WHOLE = 'event: hello\ndata: {"a":1}\n\n: heartbeat\n\nid: 17\ndata: first\ndata: second\n\n';
const EVENTS = [
  { name: "hello", data: '{"a":1}', id: undefined },
  { name: "message", data: "first\nsecond", id: "17" },
];

it("[LVC-3] events are read alike however the network cuts them, at every place", () => {
  expect(readPieces(WHOLE)).toEqual(EVENTS);
  for (let cut = 1; cut < WHOLE.length; cut += 1)
    expect(readPieces(WHOLE.slice(0, cut), WHOLE.slice(cut)), `cut at ${cut}`).toEqual(EVENTS);
  expect(readPieces(...WHOLE.split(""))).toEqual(EVENTS);
});

it("[LVC-3] carriage returns end lines too, also when one comes alone at the end of a piece", () => {
  const crlf = WHOLE.replaceAll("\n", "\r\n");
  for (let cut = 1; cut < crlf.length; cut += 1) expect(readPieces(crlf.slice(0, cut), crlf.slice(cut)), `cut at ${cut}`).toEqual(EVENTS);
});

it("[LVC-3] comments answer nothing, and an event without its empty line waits", () => {
  expect(readPieces(": hello\n\n", "data: half\n")).toEqual([]);
  expect(readPieces("data: half\n", "\n")).toEqual([{ name: "message", data: "half", id: undefined }]);
});
