import { Button, MultiSelect, Switch, TextInput } from "@mantine/core";
import type { ServiceView } from "@weft/contracts/client";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { NameFields } from "../common/name-fields.tsx";
import { localized, namesOf, NO_NAMES } from "../common/names.ts";
import { useOwnPlaceOptions } from "../common/places.ts";
import { inLanguage } from "../common/text.ts";
import { WholeNumber } from "../common/whole-number.tsx";
import { t } from "../t.ts";
import { SERVICES_KEY } from "./queries.ts";

/** What a service begins with: half an hour for one. */
const FIRST = {
  code: "",
  name: NO_NAMES,
  description: NO_NAMES,
  minutes: 30,
  seats: 1,
  minutesBefore: 0,
  minutesAfter: 0,
  everyMinutes: 30,
  leadMinutes: 60,
  daysAhead: 30,
  cancelMinutes: 120,
  reminderMinutes: 1440,
  skill: "",
  placeIds: [] as readonly string[],
  sku: null as string | null,
  isActive: true,
};
type Draft = typeof FIRST;

/** Of its figures: least and most, as the hub takes them. */
const FIGURES = {
  minutes: [5, 600],
  seats: [1, 500],
  minutesBefore: [0, 240],
  minutesAfter: [0, 240],
  everyMinutes: [5, 600],
  leadMinutes: [0, 43_200],
  daysAhead: [0, 365],
  cancelMinutes: [0, 43_200],
  reminderMinutes: [0, 43_200],
} as const satisfies Partial<Record<keyof Draft, readonly [number, number]>>;
const FIGURE_KEYS = Object.keys(FIGURES) as (keyof typeof FIGURES)[]; // of the table above

type Props = { readonly service: ServiceView | undefined; readonly onClose: () => void };

/** A service: what is booked already stays as it was. */
export function ServiceForm({ service, onClose }: Props) {
  const [draft, setDraft] = useState<Draft>(() =>
    service ? { ...service, name: namesOf(service.name), description: namesOf(service.description) } : FIRST,
  );
  const places = useOwnPlaceOptions();
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const save = useAct(() => {
    const { code, ...facts } = bodyOf(draft);
    return service
      ? api.ask("services.update", { params: { id: service.id }, body: { ...facts, version: service.version } })
      : api.ask("services.create", { body: { code, ...facts } });
  }, [SERVICES_KEY]);
  return (
    <Beside title={service ? inLanguage(service.name) : t("office.services.add")} onClose={onClose}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined, { onSuccess: onClose });
        }}
      >
        {service ? null : (
          <TextInput
            required
            maxLength={60}
            pattern="[a-z0-9][a-z0-9_\-]*"
            label={t("office.services.code")}
            value={draft.code}
            onChange={({ currentTarget }) => change({ code: currentTarget.value })}
          />
        )}
        <NameFields
          maxLength={80}
          label={(language) => t("office.services.name_in", { language })}
          names={draft.name}
          onChange={(name) => change({ name })}
        />
        <NameFields
          maxLength={400}
          label={(language) => t("office.services.description_in", { language })}
          names={draft.description}
          onChange={(description) => change({ description })}
        />
        <TextInput
          maxLength={64}
          label={t("office.services.sku")}
          description={t("office.services.sku_hint")}
          value={draft.sku ?? ""}
          onChange={({ currentTarget }) => change({ sku: currentTarget.value.trim() === "" ? null : currentTarget.value.trim() })}
        />
        {FIGURE_KEYS.map((key) => (
          <WholeNumber
            key={key}
            required
            min={FIGURES[key][0]}
            max={FIGURES[key][1]}
            label={t(`office.services.figure.${key}`)}
            value={draft[key]}
            onChange={(value) => change({ [key]: value })}
          />
        ))}
        <TextInput
          required
          maxLength={60}
          label={t("office.services.skill")}
          value={draft.skill}
          onChange={({ currentTarget }) => change({ skill: currentTarget.value })}
        />
        <MultiSelect
          label={t("office.services.stores")}
          data={places}
          value={[...draft.placeIds]}
          onChange={(placeIds) => change({ placeIds })}
        />
        <Switch
          label={t("office.services.active")}
          checked={draft.isActive}
          onChange={(event) => change({ isActive: event.currentTarget.checked })}
        />
        <Button type="submit" loading={save.isPending}>
          {t("office.services.save")}
        </Button>
      </form>
    </Beside>
  );
}

function bodyOf({
  code,
  name,
  description,
  minutes,
  seats,
  minutesBefore,
  minutesAfter,
  everyMinutes,
  skill,
  placeIds,
  sku,
  isActive,
  ...ahead
}: Draft) {
  const { leadMinutes, daysAhead, cancelMinutes, reminderMinutes } = ahead;
  const times = { minutes, seats, minutesBefore, minutesAfter, everyMinutes, leadMinutes, daysAhead, cancelMinutes, reminderMinutes };
  return {
    code,
    name: localized(name),
    description: localized(description),
    ...times,
    skill: skill.trim(),
    placeIds: [...placeIds],
    sku,
    isActive,
  };
}
