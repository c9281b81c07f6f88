import type { Scanned } from "./parse-scan.ts";

/** Where a scanned code leads, whatever screen stands there. */
type Way =
  | { readonly to: "/collections"; readonly search: { readonly code: string } }
  | { readonly to: "/returns"; readonly search: { readonly code: string } };

/** The screen that a code of ours opens at once [SCN-3]: an order to be handed over, or what comes back. Undefined for everything else. */
export function wayOfScanned(scanned: Scanned): Way | undefined {
  switch (scanned.kind) {
    case "collection":
      return { to: "/collections", search: { code: scanned.code } };
    case "return":
      return { to: "/returns", search: { code: scanned.code } };
    case "receipt":
      return { to: "/returns", search: { code: scanned.address } };
    default:
      return undefined;
  }
}
