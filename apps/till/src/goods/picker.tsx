import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { useCatalog } from "../catalog/catalog.ts";
import { useTill } from "../device/till-context.ts";
import { codesOf } from "../scan/codes-of.ts";
import { parseScan } from "../scan/parse-scan.ts";
import { useScanner } from "../scan/use-scanner.ts";
import { t } from "../t.ts";
import type { Picked } from "./parts.ts";
import { pickFrom } from "./pick.ts";
import styles from "./goods.module.css";

/** Names goods by a scan at any time, or by typing and a tap. */
export function GoodsPicker({ onPick }: { readonly onPick: (picked: Picked) => void }) {
  const { register } = useTill();
  const catalog = useCatalog(register.placeId).data;
  const [typed, setTyped] = useState("");
  const found = catalog && typed.trim() !== "" ? pickFrom(catalog, typed) : [];
  const take = (picked: Picked): void => {
    onPick(picked);
    setTyped("");
  };
  useScanner((text) => {
    const scanned = parseScan(text);
    const codes = codesOf(scanned, text);
    const [code = text.trim()] = codes;
    const [picked] = catalog ? codes.flatMap((one) => pickFrom(catalog, one)) : [];
    if (picked) take(picked);
    else showToast(t("till.scan.unknown", { code }));
  });
  return (
    <div className={styles.picker}>
      <input
        aria-label={t("till.goods.find")}
        placeholder={t("till.goods.find")}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={({ key }) => {
          if (key === "Enter" && found[0]) take(found[0]);
        }}
      />
      {found.length === 0 ? null : (
        <ul aria-label={t("till.goods.found")}>
          {found.map((picked) => (
            <li key={picked.sku}>
              <button type="button" onClick={() => take(picked)}>
                {picked.name} <small>{picked.sku}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
