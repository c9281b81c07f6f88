import { beforeEach, expect, it, vi } from "vitest";
import type * as Reading from "./hid.ts";
import type { Hid, HidDevice } from "./hid.ts";
import type { Collection } from "./hid-report.ts";

/** The plug is played, and nothing of ours: what a browser offers for HID, and scanners that are put in and pulled out. */
const ID = { vendorId: 0x0c2e, productId: 0x0b61 };
const SCANNER: Collection = {
  usagePage: 0x8c,
  usage: 2,
  inputReports: [
    {
      reportId: 2,
      items: [
        { reportSize: 8, reportCount: 1, usages: [0x01_00_3b] },
        { reportSize: 8, reportCount: 20, usages: [0x8c_00_fe] },
      ],
    },
  ],
  featureReports: [{ reportId: 254, items: [{ reportSize: 8, reportCount: 1, usages: [0xff66_0003] }] }],
};

class PlayedScanner extends EventTarget implements HidDevice {
  readonly vendorId = ID.vendorId;
  readonly productId = ID.productId;
  readonly productName = "Voyager";
  readonly asked: number[] = [];
  opened = false;
  readonly collections: readonly Collection[];
  readonly isHeld: boolean;
  constructor({ collections = [SCANNER], isHeld = false } = {}) {
    super();
    this.collections = collections;
    this.isHeld = isHeld;
  }
  async open(): Promise<void> {
    if (this.isHeld || this.opened) throw new Error("somebody else has it");
    this.opened = true;
  }
  async close(): Promise<void> {
    this.opened = false;
  }
  async sendFeatureReport(reportId: number): Promise<void> {
    this.asked.push(reportId);
    throw new Error("it sends its codes anyway");
  }
  scan(text: string): void {
    if (!this.opened) return;
    const data = new DataView(Uint8Array.from([text.length, ...Buffer.from(text)]).buffer);
    this.dispatchEvent(Object.assign(new Event("inputreport"), { reportId: 2, data }));
  }
}

class PlayedBrowser extends EventTarget implements Hid {
  plugged: PlayedScanner[] = [];
  async getDevices(): Promise<HidDevice[]> {
    return this.plugged;
  }
  async requestDevice(): Promise<HidDevice[]> {
    return this.plugged.slice(0, 1);
  }
  plug(...scanners: PlayedScanner[]): void {
    this.plugged = scanners;
    this.dispatchEvent(new Event(scanners.length > 0 ? "connect" : "disconnect"));
  }
}

let browser: PlayedBrowser;
let hid: typeof Reading;
let heard: string[];

beforeEach(async () => {
  browser = new PlayedBrowser();
  vi.stubGlobal("navigator", { hid: browser });
  vi.resetModules();
  hid = await import("./hid.ts");
  heard = [];
});

const till = async (condition: () => boolean): Promise<void> => {
  await expect.poll(condition).toBe(true);
};

it("[SCN-4] a scanner that was chosen is read at once, and again whenever it is plugged in", async () => {
  const first = new PlayedScanner();
  browser.plugged = [first];
  hid.onHidScan((text) => heard.push(text));
  first.scan("not chosen yet");
  expect(await hid.chooseScanner()).toBe("chosen");
  await till(() => first.opened);
  first.scan("4006381333931");
  expect([heard, first.asked, hid.scannerTrouble()]).toEqual([["4006381333931"], [254], null]);
  browser.plug();
  await till(() => hid.scannerTrouble() === "unplugged");
  const again = new PlayedScanner();
  browser.plug(again);
  await till(() => hid.scannerTrouble() === null);
  first.scan("from the one that is gone");
  again.scan("96385074");
  expect(heard).toEqual(["4006381333931", "96385074"]);
});

it("[SCN-4] two of the same make are both read, and a code is said once", async () => {
  const both = [new PlayedScanner(), new PlayedScanner()] as const;
  browser.plugged = [...both];
  hid.onHidScan((text) => heard.push(text));
  await hid.chooseScanner();
  browser.plug(...both);
  await till(() => both.every(({ opened }) => opened));
  both[0].scan("one");
  both[1].scan("two");
  expect(heard).toEqual(["one", "two"]);
});

it("[SCN-4] one that another program holds, and one that is set to another mode, are said", async () => {
  hid.onHidScan((text) => heard.push(text));
  browser.plugged = [new PlayedScanner({ isHeld: true })];
  expect(await hid.chooseScanner()).toBe("chosen");
  await till(() => hid.scannerTrouble() === "busy");
  browser.plugged = [new PlayedScanner({ collections: [{ usagePage: 0x8c, usage: 2 }] })];
  expect(await hid.chooseScanner()).toBe("unfit");
});

it("[SCN-4] where the browser has no such devices nothing is offered, and what types like a keyboard is not minded", async () => {
  vi.stubGlobal("navigator", {});
  expect([hid.hasHid(), hid.scannerTrouble(), await hid.chooseScanner()]).toEqual([false, null, "none"]);
  expect(() => hid.onHidScan(() => undefined)()).not.toThrow();
});
