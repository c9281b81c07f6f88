/** A row of a paper, before it is known how wide the paper is. */
export type PaperRow =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly isCentered?: boolean;
      readonly isBold?: boolean;
      readonly isBig?: boolean;
      /** How many characters it stands in from the left. */
      readonly indent?: number;
    }
  /** What it is at the left, what it comes to at the right. */
  | { readonly kind: "pair"; readonly left: string; readonly right: string; readonly isBold?: boolean }
  /** Cells of one width: the first at the left, figures at the right. */
  | { readonly kind: "cells"; readonly cells: readonly string[] }
  | { readonly kind: "rule" }
  | { readonly kind: "gap" }
  /** A QR code. */
  | { readonly kind: "code"; readonly text: string };

/** A line as it stands on paper of a width; a code is drawn by the printer. */
export type PaperLine =
  | { readonly kind: "line"; readonly text: string; readonly isCentered: boolean; readonly isBold: boolean; readonly isBig: boolean }
  | { readonly kind: "code"; readonly text: string };

/** Lays rows out on paper of so many characters: what is too long goes on in the next line, and no figure is ever cut [DEV-2]. */
export function layOut(rows: readonly PaperRow[], columns: number): PaperLine[] {
  return rows.flatMap((row): PaperLine[] => {
    switch (row.kind) {
      case "code":
        return [{ kind: "code", text: row.text }];
      case "gap":
        return [line("")];
      case "rule":
        return [line("-".repeat(columns))];
      case "cells":
        return [line(inCells(row.cells, columns))];
      case "pair":
        return inPair(row.left, row.right, columns).map((text) => line(text, { isBold: row.isBold ?? false }));
      case "text": {
        const { isCentered = false, isBold = false, isBig = false, indent = 0 } = row;
        const room = (isBig ? Math.floor(columns / 2) : columns) - indent;
        return wrapped(row.text, room).map((text) => line(" ".repeat(indent) + text, { isCentered, isBold, isBig }));
      }
    }
  });
}

type Look = { readonly isCentered?: boolean; readonly isBold?: boolean; readonly isBig?: boolean };

const line = (text: string, { isCentered = false, isBold = false, isBig = false }: Look = {}): PaperLine => ({
  kind: "line",
  text,
  isCentered,
  isBold,
  isBig,
});

/** The right side stands in the last line of the left one. */
function inPair(left: string, right: string, columns: number): string[] {
  const room = columns - width(right) - 1;
  if (room < columns / 3) return [...wrapped(left, columns), right.padStart(columns)];
  const lines = wrapped(left, room);
  const last = lines.pop() ?? "";
  return [...lines, last + " ".repeat(columns - width(last) - width(right)) + right];
}

function inCells(cells: readonly string[], columns: number): string {
  const each = Math.floor(columns / Math.max(1, cells.length));
  const [first = "", ...others] = cells;
  return first.padEnd(columns - each * others.length) + others.map((cell) => cell.padStart(each)).join("");
}

/** Broken between words; a word that is longer than a line is broken where the line ends. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of text.split(" ")) {
    const joined = current === "" ? word : `${current} ${word}`;
    if (width(joined) <= columns) current = joined;
    else {
      if (current !== "") lines.push(current);
      const pieces = cutUp(word, columns);
      lines.push(...pieces.slice(0, -1));
      current = pieces.at(-1) ?? "";
    }
  }
  return [...lines, current];
}

function cutUp(word: string, columns: number): string[] {
  const letters = [...word];
  const pieces: string[] = [];
  for (let from = 0; from < letters.length; from += columns) pieces.push(letters.slice(from, from + columns).join(""));
  return pieces.length === 0 ? [""] : pieces;
}

const width = (text: string): number => [...text].length;
