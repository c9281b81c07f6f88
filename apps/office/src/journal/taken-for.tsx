import { NativeSelect } from "@mantine/core";
import { t } from "../t.ts";

const FOR_WHOM = ["own", "tax_audit", "accountant"] as const;
export type TakenFor = (typeof FOR_WHOM)[number];

type Props = { readonly value: TakenFor; readonly onChange: (value: TakenFor) => void };

/** For whom an archive or an export is taken: the journal says so when it is the tax office or the accountant. */
export function TakenForField({ value, onChange }: Props) {
  return (
    <NativeSelect
      size="xs"
      label={t("office.journal.taken_for")}
      value={value}
      data={FOR_WHOM.map((whom) => ({ value: whom, label: t(`office.journal.taken_for.${whom}`) }))}
      onChange={({ currentTarget }) => onChange(FOR_WHOM.find((whom) => whom === currentTarget.value) ?? "own")}
    />
  );
}
