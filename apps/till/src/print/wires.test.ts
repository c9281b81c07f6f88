import { afterEach, describe, expect, it, vi } from "vitest";
import { paperText, printedBy, type PrinterLanguage } from "../../../../hub/src/modules/till/domain/devices/index.ts";
import { drawerBytes, paperBytes, type PrinterModel } from "./encode.ts";
import { printBySerial } from "./serial.ts";
import { printByUsb, type UsbPrinter } from "./usb.ts";

/**
 * The wire is played, and nothing of ours: what a browser offers for USB and serial ports, and at its other end the simulated printer, which refuses
 * what its language does not have.
 */
const ID = { vendorId: 0x04b8, productId: 0x0e28 };
const PRINTER_CLASS = 7;

afterEach(() => vi.unstubAllGlobals());

type Wire = {
  /** Everything that came over it, piece by piece. */
  readonly came: Uint8Array[];
  isOpen: boolean;
};

/** What the printer at the end of a wire made of what came. */
function printedAt({ came }: Wire, language: PrinterLanguage) {
  return printedBy(Buffer.concat(came), language);
}

type UsbFault = "open" | "claim" | "transfer" | "stall";

/** A device with two interfaces, of which the second is the printer, as those that are a hub or a display too. */
function usbWire(fault?: UsbFault): Wire {
  const wire: Wire = { came: [], isOpen: false };
  const failing = (when: UsbFault): void => {
    if (fault === when) throw new Error(`fails to ${when}`);
  };
  let configuration: UsbPrinter["configuration"] = null;
  const device: UsbPrinter = {
    ...ID,
    get configuration() {
      return configuration;
    },
    async open() {
      failing("open");
      wire.isOpen = true;
    },
    async close() {
      wire.isOpen = false;
    },
    async selectConfiguration() {
      const out = { endpointNumber: 2, direction: "out", type: "bulk" } as const;
      configuration = {
        interfaces: [
          { interfaceNumber: 0, alternates: [{ interfaceClass: 3, endpoints: [] }] },
          { interfaceNumber: 1, alternates: [{ interfaceClass: PRINTER_CLASS, endpoints: [{ ...out, direction: "in" }, out] }] },
        ],
      };
    },
    async claimInterface(number) {
      failing("claim");
      expect([wire.isOpen, number]).toEqual([true, 1]);
    },
    async transferOut(endpoint, bytes) {
      failing("transfer");
      expect(endpoint).toBe(2);
      wire.came.push(bytes);
      return { status: fault === "stall" ? "stall" : "ok" };
    },
  };
  vi.stubGlobal("navigator", { usb: { getDevices: async () => [{ ...ID, productId: 1 }, device], requestDevice: async () => device } });
  return wire;
}

type SerialFault = "open" | "write";

function serialWire(fault?: SerialFault): Wire & { readonly rates: number[] } {
  const wire = { came: [] as Uint8Array[], isOpen: false, rates: [] as number[] };
  const port = {
    writable: null as WritableStream<Uint8Array> | null,
    async open({ baudRate }: { readonly baudRate: number }) {
      if (fault === "open") throw new Error("fails to open");
      wire.isOpen = true;
      wire.rates.push(baudRate);
      port.writable = new WritableStream({
        write(piece) {
          if (fault === "write") throw new Error("the line is gone");
          wire.came.push(piece);
        },
      });
    },
    async close() {
      wire.isOpen = false;
      port.writable = null;
    },
  };
  vi.stubGlobal("navigator", { serial: { getPorts: async () => [port], requestPort: async () => port } });
  return wire;
}

const EPSON: PrinterModel = { language: "esc-pos", columns: 48, codePage: "windows1252" };
const STAR: PrinterModel = { language: "star-prnt", columns: 32, codePage: "cp858" };
const PAPER = [
  { kind: "text", text: "Café crème · Straße", isBold: true },
  { kind: "pair", left: "Total", right: "12,50 €" },
  { kind: "code", text: "https://weft.example/r/1" },
] as const;

describe.each([
  ["ESC/POS", EPSON],
  ["StarPRNT", STAR],
])("[DEV-3] %s", (_, model) => {
  it("over USB prints what the paper says, and opens the drawer", async () => {
    const wire = usbWire();
    expect(await printByUsb(ID, paperBytes(PAPER, model))).toBeNull();
    expect(paperText(printedAt(wire, model.language))).toMatch(
      /Café crème[^]*Total +12,50 €[^]*\[https:\/\/weft\.example\/r\/1\][^]*- - -/,
    );
    wire.came.splice(0);
    expect(await printByUsb(ID, drawerBytes(model))).toBeNull();
    expect(printedAt(wire, model.language)).toEqual({ lines: [], kicks: 1 });
    expect(wire.isOpen).toBe(false);
  });

  it("over a serial port prints the same, at its speed", async () => {
    const wire = serialWire();
    expect(await printBySerial(19_200, paperBytes(PAPER, model))).toBeNull();
    expect(await printBySerial(19_200, drawerBytes(model))).toBeNull();
    expect(wire.rates).toEqual([19_200, 19_200]);
    expect(printedAt(wire, model.language)).toMatchObject({ kicks: 1 });
    expect(paperText(printedAt(wire, model.language))).toMatch(/Total +12,50 €/);
    expect(wire.isOpen).toBe(false);
  });
});

describe("[DEV-4] a wire that does not carry is said, and left to others again", () => {
  const bytes = paperBytes(PAPER, EPSON);

  it.each([
    ["open", "unreachable"],
    ["claim", "busy"],
    ["transfer", "unreachable"],
    ["stall", "refused"],
  ] as const)("over USB: fails to %s", async (fault, problem) => {
    const wire = usbWire(fault);
    expect(await printByUsb(ID, bytes)).toBe(problem);
    expect(wire.isOpen).toBe(false);
  });

  it("over USB: the printer is not there, or the browser knows no USB", async () => {
    usbWire();
    expect(await printByUsb({ vendorId: 1, productId: 2 }, bytes)).toBe("no_printer");
    vi.stubGlobal("navigator", {});
    expect(await printByUsb(ID, bytes)).toBe("no_printer");
  });

  it.each([
    ["open", "unreachable"],
    ["write", "refused"],
  ] as const)("over a serial port: fails to %s", async (fault, problem) => {
    const wire = serialWire(fault);
    expect(await printBySerial(9600, bytes)).toBe(problem);
    expect(wire.isOpen).toBe(false);
  });

  it("over a serial port: none was allowed", async () => {
    vi.stubGlobal("navigator", { serial: { getPorts: async () => [], requestPort: async () => undefined } });
    expect(await printBySerial(9600, bytes)).toBe("no_printer");
  });
});
