import { NativeSelect } from "@mantine/core";
import type { PlaceGroupView } from "@weft/contracts/client";
import { t } from "../t.ts";

type Props = {
  readonly label: string;
  readonly groups: readonly PlaceGroupView[];
  readonly value: string | null;
  readonly isReadOnly?: boolean;
  readonly onChange: (groupId: string | null) => void;
};

/** A group of the tree, said with those above it: two cities may have the same name. */
export function GroupSelect({ label, groups, value, isReadOnly = false, onChange }: Props) {
  const options = groups.map((group) => ({ value: group.id, label: lineOf(group, groups) })).sort((a, b) => a.label.localeCompare(b.label));
  return (
    <NativeSelect
      size="xs"
      label={label}
      value={value ?? ""}
      disabled={isReadOnly}
      data={[{ value: "", label: t("office.stores.no_group") }, ...options]}
      onChange={({ currentTarget }) => onChange(currentTarget.value === "" ? null : currentTarget.value)}
    />
  );
}

function lineOf(group: PlaceGroupView, groups: readonly PlaceGroupView[]): string {
  const line: string[] = [];
  const seen = new Set<string>();
  for (let each: PlaceGroupView | undefined = group; each && !seen.has(each.id);) {
    seen.add(each.id);
    line.unshift(each.name);
    const above: string | null = each.parentId;
    each = groups.find(({ id }) => id === above);
  }
  return line.join(" › ");
}
