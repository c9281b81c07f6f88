import type { FastifyInstance } from "fastify";
import { openBridge } from "./bridge.ts";
import { servePage } from "./page.ts";
import { serveBridge } from "./serve.ts";
import { startPrinterSimulator } from "./simulators/printer.ts";
import { startScaleSimulator } from "./simulators/scale.ts";
import { startZvtSimulator } from "./simulators/zvt.ts";
import type { Device } from "./config.ts";

/** Where the demo's bridge is found at its hub. */
const PREFIX = "/bridge";

/**
 * The bridge of the demo, at the hub itself: a receipt printer whose papers can be seen at `/bridge/`, a scale, and a card terminal. The tills
 * speak to it as to a real one, over TCP to devices that are played by programs.
 */
export async function serveSimulatedBridge(app: FastifyInstance, home: string): Promise<void> {
  const [printer, scale, terminal] = await Promise.all([startPrinterSimulator("esc-pos"), startScaleSimulator(), startZvtSimulator()]);
  scale.put(LOAD_GRAMS);
  const devices: Device[] = [
    {
      kind: "printer",
      id: "receipts",
      name: COUNTER,
      address: printer.address,
      language: "esc-pos",
      columns: 42,
      codePage: "windows1252",
      opensDrawer: true,
    },
    { kind: "scale", id: "scale", name: COUNTER, address: scale.address },
    { kind: "terminal", id: "cards", name: COUNTER, address: terminal.address, password: "000000" },
  ];
  const bridge = await openBridge({ name: "Arrière-boutique", devices, home, now: () => new Date() });
  serveBridge(app, bridge, { prefix: PREFIX, isSimulated: true });
  servePage(app, bridge, {
    prefix: PREFIX,
    isNear: () => true,
    papers: () => [{ printer: COUNTER, papers: printer.papers, kicks: printer.kicks() }],
  });
  app.addHook("onClose", async () => {
    await Promise.all([printer.stop(), scale.stop(), terminal.stop()]);
  });
}

/** Where its devices stand, as the people of Lyon Bellecour call it; what each of them is, screens say themselves. */
const COUNTER = "Comptoir";
/** What lies on the demo's scale. */
const LOAD_GRAMS = 252;
