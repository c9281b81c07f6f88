import { Button, Switch, TextInput } from "@mantine/core";
import { newId } from "@weft/kernel";
import { useState } from "react";
import { t } from "../../t.ts";
import { emptyVariant, moved, readBarcodes, type VariantDraftView } from "./draft.ts";
import styles from "./editor.module.css";
import { TextInLanguages } from "./texts.tsx";

type Props = { readonly variants: readonly VariantDraftView[]; readonly onChange: (variants: VariantDraftView[]) => void };

/** What is sold and priced of the product. One that was saved is never removed, only no longer sold: orders name it. */
export function Variants({ variants, onChange }: Props) {
  const change = (index: number, variant: VariantDraftView): void => onChange(variants.map((one, nth) => (nth === index ? variant : one)));
  return (
    <>
      <ul className={styles.list}>
        {variants.map((variant, index) => (
          <li key={variant.id}>
            <OneVariant variant={variant} isOnly={variants.length === 1} onChange={(changed) => change(index, changed)} />
            {variants.length > 1 ? (
              <div className={styles.row}>
                <Button size="compact-xs" variant="default" disabled={index === 0} onClick={() => onChange(moved(variants, index, -1))}>
                  {t("office.catalog.earlier")}
                </Button>
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={index === variants.length - 1}
                  onClick={() => onChange(moved(variants, index, 1))}
                >
                  {t("office.catalog.later")}
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      <div>
        <Button variant="default" size="xs" onClick={() => onChange([...variants, emptyVariant(newId())])}>
          {t("office.catalog.add_variant")}
        </Button>
      </div>
    </>
  );
}

type OneProps = { readonly variant: VariantDraftView; readonly isOnly: boolean; readonly onChange: (variant: VariantDraftView) => void };

function OneVariant({ variant, isOnly, onChange }: OneProps) {
  return (
    <>
      <div className={styles.fields}>
        <TextInput
          required
          size="xs"
          maxLength={64}
          label={t("office.stock.sku")}
          value={variant.sku}
          onChange={({ currentTarget }) => onChange({ ...variant, sku: currentTarget.value })}
        />
        <Barcodes variant={variant} onChange={onChange} />
        <TextInput
          size="xs"
          maxLength={70}
          label={t("office.catalog.mpn")}
          value={variant.mpn}
          onChange={({ currentTarget }) => onChange({ ...variant, mpn: currentTarget.value })}
        />
        <Switch
          size="xs"
          label={t("office.catalog.active")}
          checked={variant.active}
          onChange={({ currentTarget }) => onChange({ ...variant, active: currentTarget.checked })}
        />
      </div>
      {isOnly ? null : (
        <TextInLanguages
          label={t("office.catalog.variant_name")}
          isRequired
          text={variant.name}
          onChange={(name) => onChange({ ...variant, name })}
        />
      )}
    </>
  );
}

/** Typed or scanned, several by blanks or commas; a wrong check digit is told at once. */
function Barcodes({ variant, onChange }: Omit<OneProps, "isOnly">) {
  const [text, setText] = useState(variant.barcodes.join(" "));
  const { wrong } = readBarcodes(text);
  return (
    <TextInput
      size="xs"
      inputMode="numeric"
      label={t("office.catalog.barcodes")}
      value={text}
      error={wrong === undefined ? null : t("office.catalog.barcode_wrong", { barcode: wrong })}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        onChange({ ...variant, barcodes: readBarcodes(currentTarget.value).barcodes });
      }}
    />
  );
}
