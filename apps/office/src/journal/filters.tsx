import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { JOURNAL_CHAINS } from "@weft/contracts/client";
import { FilterChoice } from "../common/filter-choice.tsx";
import { useOwnPlaceOptions } from "../common/places.ts";
import { journalRoute } from "../routes.tsx";
import { JOURNAL_VIEWS, type JournalSearch } from "../searches.ts";
import { t } from "../t.ts";
import { registersQuery } from "./queries.ts";

/** Which list is seen, and what of it. */
export function Filters() {
  const { entry: _, ...search } = journalRoute.useSearch();
  const navigate = journalRoute.useNavigate();
  const view = search.view ?? "registers";
  const places = useOwnPlaceOptions();
  const set = (change: Partial<JournalSearch>): void => void navigate({ search: { ...search, ...change }, replace: true });
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t("office.journal.view")}
        value={view}
        data={JOURNAL_VIEWS.map((one) => ({ value: one, label: t(`office.journal.${one}`) }))}
        onChange={({ currentTarget }) => set({ view: JOURNAL_VIEWS.find((one) => one === currentTarget.value) })}
      />
      {view === "archives" ? null : (
        <FilterChoice
          label={t("office.orders.place")}
          value={search.place}
          options={places}
          onChange={(place) => set({ place, register: undefined })}
        />
      )}
      {view === "entries" || view === "closings" ? <RegisterChoice search={search} set={set} /> : null}
      {view === "entries" ? <EntryFilters search={search} set={set} /> : null}
    </>
  );
}

type PartProps = { readonly search: JournalSearch; readonly set: (change: Partial<JournalSearch>) => void };

function RegisterChoice({ search, set }: PartProps) {
  const registers = useQuery(registersQuery(search.place)).data?.items ?? [];
  return (
    <FilterChoice
      label={t("office.tills.register")}
      value={search.register}
      options={registers.map(({ id, name, placeName }) => ({ value: id, label: `${placeName}, ${name}` }))}
      onChange={(register) => set({ register })}
    />
  );
}

function EntryFilters({ search, set }: PartProps) {
  return (
    <>
      <FilterChoice
        label={t("office.journal.chain")}
        value={search.chain}
        options={JOURNAL_CHAINS.map((chain) => ({ value: chain, label: t(`office.journal.chain.${chain}`) }))}
        onChange={(chain) => set({ chain })}
      />
      <TextInput
        size="xs"
        type="date"
        aria-label={t("office.tills.day")}
        value={search.day ?? ""}
        onChange={({ currentTarget }) => set({ day: currentTarget.value === "" ? undefined : currentTarget.value })}
      />
    </>
  );
}
