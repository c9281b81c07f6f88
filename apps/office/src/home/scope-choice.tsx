import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { placesQuery, rememberPlace } from "../common/places.ts";
import { useStaff } from "../session/session.ts";
import { t } from "../t.ts";
import type { Scope } from "./queries.ts";

/** The part of the chain that the page is about: all that the reader's roles reach, a group, or one place. */
export function ScopeChoice({ scope, onChange }: { readonly scope: Scope; readonly onChange: (scope: Scope) => void }) {
  const tree = useQuery(placesQuery).data;
  const own = useStaff()?.placeIds ?? [];
  const byName = (a: { readonly label: string }, b: { readonly label: string }): number => a.label.localeCompare(b.label);
  const places = (tree?.places ?? []).filter(({ id }) => own.length === 0 || own.includes(id));
  if (places.length < 2) return null;
  const groups = (tree?.groups ?? []).map(({ id, name }) => ({ value: `group ${id}`, label: name })).sort(byName);
  const data = [
    { value: "", label: own.length === 0 ? t("office.today.whole") : t("office.today.own") },
    { group: t("office.today.groups"), items: groups },
    { group: t("office.today.places"), items: places.map(({ id, name }) => ({ value: `place ${id}`, label: name })).sort(byName) },
  ];
  const value = scope.place !== undefined ? `place ${scope.place}` : scope.group !== undefined ? `group ${scope.group}` : "";
  return (
    <NativeSelect
      size="xs"
      aria-label={t("office.today.scope")}
      value={value}
      data={data}
      onChange={({ currentTarget }) => {
        const [kind, id] = currentTarget.value.split(" ");
        if (kind === "place" && id !== undefined) rememberPlace(id);
        onChange(kind === "place" ? { place: id } : kind === "group" ? { group: id } : {});
      }}
    />
  );
}
