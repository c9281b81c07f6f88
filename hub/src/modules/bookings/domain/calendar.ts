/** An entry of a calendar. Times are instants: a calendar shows them by the clock of who looks. */
export type CalendarEntry = {
  readonly id: string;
  /** Rises with every change, so that a calendar knows which of two is later. */
  readonly sequence: number;
  readonly isCanceled: boolean;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly changedAt: Date;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
};

const LINE_OCTETS = 75;
const encoder = new TextEncoder();

/** A calendar in iCalendar (RFC 5545) [BKG-9]: lines end with CRLF, and none is longer than 75 octets. */
export function writeCalendar(name: string, entries: readonly CalendarEntry[]): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Weft//Bookings//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${escaped(name)}`,
    ...entries.flatMap(entryLines),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function entryLines({ id, sequence, isCanceled, startsAt, endsAt, changedAt, ...words }: CalendarEntry): string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${id}@weft`,
    `DTSTAMP:${stamp(changedAt)}`,
    `LAST-MODIFIED:${stamp(changedAt)}`,
    `SEQUENCE:${sequence}`,
    `STATUS:${isCanceled ? "CANCELLED" : "CONFIRMED"}`,
    `DTSTART:${stamp(startsAt)}`,
    `DTEND:${stamp(endsAt)}`,
    `SUMMARY:${escaped(words.summary)}`,
    ...(words.description === "" ? [] : [`DESCRIPTION:${escaped(words.description)}`]),
    `LOCATION:${escaped(words.location)}`,
    "END:VEVENT",
  ];
}

/** `20260302T091500Z`. */
const stamp = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;

/** TEXT of section 3.3.11; other control characters have no place in it. */
function escaped(text: string): string {
  const plain = [...text.replaceAll(/\r\n?/g, "\n")].filter((letter) => letter === "\n" || letter >= " ").join("");
  return plain.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll("\n", "\\n");
}

/** Folded as section 3.1 says: a line goes on after a break and a space, and no letter is cut into its octets. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  let octets = 0;
  for (const letter of line) {
    const size = encoder.encode(letter).length;
    if (octets + size > LINE_OCTETS) {
      parts.push(part);
      part = " ";
      octets = 1;
    }
    part += letter;
    octets += size;
  }
  return [...parts, part].join("\r\n");
}
