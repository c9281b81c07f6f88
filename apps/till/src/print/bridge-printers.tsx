import { useQuery } from "@tanstack/react-query";
import { Button } from "@weft/ui/shop/button.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { t } from "../t.ts";
import { askBridge, type BridgeDevice } from "./bridge.ts";
import { bridgeSetup, type PrinterSetup } from "./setup.ts";

type BridgePrinter = Extract<BridgeDevice, { kind: "printer" }>;

/** The devices of the bridge that this till is paired with. */
export function useBridgeDevices() {
  const bridge = bridgeSetup();
  return useQuery({
    queryKey: ["bridge", bridge?.url, bridge?.token],
    queryFn: async () => (bridge ? (await askBridge<{ devices: BridgeDevice[] }>(bridge, "/devices")).devices : []),
    networkMode: "always",
    retry: false,
  });
}

/** The printers of the bridge, one tap each. */
export function BridgePrinters({ onChoose }: { readonly onChoose: (setup: PrinterSetup) => void }) {
  const devices = useBridgeDevices();
  if (devices.isPending) return <Skeleton />;
  if (devices.isError) return <p role="alert">{t("till.print.problem.bridge_unreachable")}</p>;
  const printers = devices.data.filter((device): device is BridgePrinter => device.kind === "printer");
  if (printers.length === 0) return <p>{t("till.print.no_printers")}</p>;
  return printers.map((printer) => (
    <Button key={printer.id} wide onClick={() => onChoose(setupOf(printer))}>
      {printer.name}
    </Button>
  ));
}

function setupOf({ id, name, opensDrawer, language, columns, codePage }: BridgePrinter): PrinterSetup {
  return { name, opensDrawer, way: { kind: "bridge", printerId: id }, model: { language, columns, codePage } };
}
