import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { MOST_LINE_BYTES, textLines, unpack, UnreadableFile, type Bytes } from "./lines.ts";
import { readRows, readShape, type FileShape } from "./shape.ts";

async function* bytes(...chunks: (string | Buffer)[]): Bytes {
  for (const chunk of chunks) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}
const latin1 = (text: string) => Buffer.from(text, "latin1");

function shapeOf(head: Buffer | string, isGzip = false): FileShape {
  const shape = readShape(typeof head === "string" ? Buffer.from(head) : head, isGzip);
  if (!shape.ok) throw new Error(shape.error);
  return shape.value;
}

async function rows(file: Buffer | string): Promise<(readonly string[] | string)[]> {
  const buffer = typeof file === "string" ? Buffer.from(file) : file;
  const shape = shapeOf(buffer.subarray(0, 64 * 1024));
  const found: (readonly string[] | string)[] = [];
  for await (const { fields, broken } of readRows(bytes(buffer), shape, shape.delimiter)) found.push(broken ?? fields);
  return found;
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of source) found.push(one);
  return found;
}

const TABLE = [
  ["Name", "Ort"],
  ["Léa", "Besançon"],
];

describe("[IMP-8] the same table is read from", () => {
  it.each([
    ["UTF-8 with a mark and commas", Buffer.from("\uFEFFName,Ort\r\nLéa,Besançon\r\n")],
    ["the Excel of Germany: Latin-1 and semicolons", latin1("Name;Ort\r\nLéa;Besançon\r\n")],
    ["tabs in sixteen bits", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("Name\tOrt\r\nLéa\tBesançon\r\n", "utf16le")])],
    ["carriage returns alone", Buffer.from("Name;Ort\rLéa;Besançon\r")],
    ["Excel's own separator line", Buffer.from("sep=;\r\nName;Ort\r\nLéa;Besançon\r\n")],
    ["a file without an end of its last line", Buffer.from("Name|Ort\nLéa|Besançon")],
  ])("%s", async (_name, file) => expect(await rows(file)).toEqual(TABLE));

  it("lines in two codes, patched together", async () => {
    const file = Buffer.concat([Buffer.from("Name;Ort\nLéa;Besançon\n"), latin1("Zoë;Málaga\n"), Buffer.from("Núria;Girona\n")]);
    expect(await rows(file)).toEqual([...TABLE, ["Zoë", "Málaga"], ["Núria", "Girona"]]);
  });

  it("fields with line ends and delimiters in quotes, wherever the bytes are cut", async () => {
    const file = Buffer.from('Name;Notiz\n"Fontaine; Léa";"zwei\nZeilen, ""gut"""\nMax;–\n');
    const shape = shapeOf(file);
    const wanted = [
      ["Name", "Notiz"],
      ["Fontaine; Léa", 'zwei\nZeilen, "gut"'],
      ["Max", "–"],
    ];
    for (let cut = 1; cut < file.length; cut++)
      expect((await all(readRows(bytes(file.subarray(0, cut), file.subarray(cut)), shape, ";"))).map(({ fields }) => fields)).toEqual(
        wanted,
      );
  });
});

describe("[IMP-2] hostile files", () => {
  it("a line of a gigabyte takes no memory, and is one bad line", async () => {
    const MEGABYTE = Buffer.alloc(1024 * 1024, "x");
    async function* huge(): Bytes {
      yield Buffer.from("a;b\n");
      for (let n = 0; n < 1024; n++) yield MEGABYTE;
      yield Buffer.from("\n1;2\n");
    }
    const before = process.memoryUsage().rss;
    const found = await all(textLines(huge()));
    expect(found.map(({ isCut, text }) => [isCut, text.length])).toEqual([
      [false, 3],
      [true, MOST_LINE_BYTES],
      [false, 3],
    ]);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  it("a file that unpacks to far more than it is, is given up", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    await expect(all(unpack(bytes(bomb), 1024 * 1024))).rejects.toThrow(new UnreadableFile("unpacks_too_large"));
    await expect(all(unpack(bytes(bomb.subarray(0, 1000))))).rejects.toThrow(new UnreadableFile("broken_gzip"));
  });

  it.each([
    ["nothing", Buffer.alloc(0), "empty"],
    ["blanks", Buffer.from(" \n \n"), "empty"],
    ["an archive", Buffer.from("PK\u0003\u0004xxxxlist.csv", "latin1"), "archive"],
    ["a workbook", Buffer.from("PK\u0003\u0004xxxx[Content_Types].xml", "latin1"), "spreadsheet"],
    ["an old workbook", Buffer.from("d0cf11e0a1b11ae1", "hex"), "spreadsheet"],
    ["a program", Buffer.concat([Buffer.from("\u007fELF"), Buffer.alloc(500)]), "not_text"],
  ])("%s is told by its first bytes", (_name, head, error) => expect(readShape(head, false)).toEqual({ ok: false, error }));

  it("a stray quote costs its own line, an open one no more", async () => {
    expect(await rows('a;b\n"1;2\n3;4\n5;"6\n7;8\n')).toEqual([
      ["a", "b"],
      "a quote is not closed",
      ["3", "4"],
      "a quote is not closed",
      ["7", "8"],
    ]);
  });
});

describe("vCard", () => {
  const CARDS = [
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Fontaine;Léa;Marie;;\r\nFN:Léa Fontaine\r\nEMAIL;TYPE=WORK:lea@work.example\r\nEMAIL;TYPE=HOME,PREF:lea@example.com",
    "TEL;TYPE=CELL:+33 6 39 98 55 44\r\nBDAY:1979-04-05\r\nADR;TYPE=HOME:;;12 rue des",
    "  Lilas;Lyon;;69001;France\r\nORG:Trama\\, Lyon;Kitchen\r\nPHOTO;ENCODING=b:AAAA",
    " BBBB\r\nEND:VCARD",
    "BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1\nFN:Max Grün\nitem1.EMAIL:max@example.com\nTEL;VALUE=uri:tel:+49-30-123456\nBDAY:--0405\nEND:VCARD",
    "BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gr=C3=BCn;J=\n=C3=B6rg\nEND:VCARD",
    "BEGIN:VCARD\nFN:Nobody ends me",
  ].join("\r\n");

  it("of versions 2.1, 3 and 4 gives rows, folded and quoted as they come; one without an end is a bad line", async () => {
    const [header, lea, max, joerg, open] = await rows(CARDS);
    const named = (row: readonly string[] | string | undefined) =>
      Object.fromEntries(
        ((header as string[]) ?? []).map((name, index) => [name, (row as string[])[index]]).filter(([, value]) => value !== ""),
      );
    expect(named(lea)).toEqual({
      "First name": "Léa Marie",
      "Last name": "Fontaine",
      "Full name": "Léa Fontaine",
      "E-mail": "lea@example.com",
      Phone: "+33 6 39 98 55 44",
      Birthday: "1979-04-05",
      Street: "12 rue des Lilas",
      City: "Lyon",
      Postcode: "69001",
      Country: "France",
      Organization: "Trama, Lyon, Kitchen",
    });
    expect(named(max)).toEqual({
      UID: "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
      "Full name": "Max Grün",
      "E-mail": "max@example.com",
      Phone: "+49-30-123456",
    });
    expect(named(joerg)).toEqual({ "First name": "Jörg", "Last name": "Grün" });
    expect(open).toBe("the card does not end");
  });
});
