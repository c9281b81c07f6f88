import { MultiSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { placesQuery, usePlaceOptions } from "../common/places.ts";
import { t } from "../t.ts";
import { useCustomerGroupOptions } from "./customer-groups.ts";
import { useChannelOptions } from "./names.ts";

type Scope = {
  readonly placeIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly channelIds: readonly string[];
  readonly customerGroups: readonly string[];
};
type Props = { readonly scope: Scope; readonly onChange: (part: { -readonly [Key in keyof Scope]?: string[] }) => void };

/** Where and for whom a price list or a promotion holds: every field that is filled must fit, any one of its values will do. */
export function ScopeFields({ scope, onChange }: Props) {
  const places = usePlaceOptions();
  const groups = useQuery(placesQuery).data?.groups ?? [];
  const channels = useChannelOptions();
  return (
    <>
      <MultiSelect
        searchable
        clearable
        label={t("office.promotions.places")}
        data={places}
        value={[...scope.placeIds]}
        onChange={(placeIds) => onChange({ placeIds })}
      />
      <MultiSelect
        searchable
        clearable
        label={t("office.promotions.place_groups")}
        description={t("office.promotions.place_groups_hint")}
        data={groups.map(({ id, name }) => ({ value: id, label: name }))}
        value={[...scope.groupIds]}
        onChange={(groupIds) => onChange({ groupIds })}
      />
      <MultiSelect
        searchable
        clearable
        label={t("office.promotions.channels")}
        data={channels}
        value={[...scope.channelIds]}
        onChange={(channelIds) => onChange({ channelIds })}
      />
      <CustomerGroups value={scope.customerGroups} onChange={(customerGroups) => onChange({ customerGroups })} />
    </>
  );
}

type GroupsProps = { readonly value: readonly string[]; readonly onChange: (value: string[]) => void };

/** Groups by their names. What is typed and is none yet may be chosen too: a company or a segment gets it afterwards. */
function CustomerGroups({ value, onChange }: GroupsProps) {
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const known = useCustomerGroupOptions(value);
  const isNew = wanted !== "" && !known.some((one) => one.value === wanted || one.label.toLowerCase().includes(wanted));
  return (
    <MultiSelect
      searchable
      clearable
      label={t("office.promotions.groups")}
      description={t("office.promotions.groups_hint")}
      data={isNew ? [...known, { value: wanted, label: wanted }] : known}
      value={[...value]}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={onChange}
    />
  );
}
