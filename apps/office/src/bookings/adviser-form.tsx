import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { AdviserView } from "@weft/contracts/client";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { ADVISERS_KEY } from "./queries.ts";

/** Whoever works at more places than fit here is found on their own page. */
const MOST_STAFF = 200;

type Props = { readonly placeId: string; readonly adviser: AdviserView | undefined; readonly onClose: () => void };

/** What a member of staff knows, and when they give services at a store: weekly hours, and days that are another. */
export function AdviserForm({ placeId, adviser, onClose }: Props) {
  const may = useMay();
  const staff = useQuery({
    queryKey: ["staff", "advisers"],
    queryFn: async ({ signal }) => (await api.ask("access.listStaff", { query: { limit: MOST_STAFF }, signal })).items,
    enabled: adviser === undefined,
  }).data;
  const able = (staff ?? []).filter(({ placeIds, state }) => state === "active" && (placeIds.length === 0 || placeIds.includes(placeId)));
  const [draft, setDraft] = useState(() => ({
    staffId: adviser?.staffId ?? "",
    skills: adviser?.skills.join(", ") ?? "",
    hours: adviser?.hours ?? "Mo-Fr 09:00-17:00",
    exceptions: (adviser?.exceptions ?? []).map(({ date, times }) => `${date} ${times}`.trim()).join("\n"),
  }));
  const change = (part: Partial<typeof draft>): void => setDraft({ ...draft, ...part });
  const staffId = draft.staffId || (able[0]?.id ?? "");
  const exceptions = readDays(draft.exceptions);
  const save = useAct(() => {
    const skills = draft.skills.split(",").flatMap((skill) => skill.trim() || []);
    return api.ask("advisers.set", {
      params: { id: placeId, staffId },
      body: { skills, hours: draft.hours.trim(), exceptions: exceptions ?? [] },
    });
  }, [ADVISERS_KEY]);
  const remove = useAct(() => api.ask("advisers.remove", { params: { id: placeId, staffId } }), [ADVISERS_KEY]);
  return (
    <Beside title={adviser?.name ?? t("office.services.add_adviser")} onClose={onClose}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined, { onSuccess: onClose });
        }}
      >
        {adviser ? null : (
          <NativeSelect
            label={t("office.services.adviser")}
            value={staffId}
            data={able.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={({ currentTarget }) => change({ staffId: currentTarget.value })}
          />
        )}
        <TextInput
          required
          label={t("office.services.skills")}
          description={t("office.services.skills_hint")}
          value={draft.skills}
          onChange={({ currentTarget }) => change({ skills: currentTarget.value })}
        />
        <TextInput
          required
          maxLength={300}
          label={t("office.services.hours")}
          description={t("office.services.hours_hint")}
          value={draft.hours}
          onChange={({ currentTarget }) => change({ hours: currentTarget.value })}
        />
        <Textarea
          autosize
          minRows={2}
          label={t("office.services.exceptions")}
          description={t("office.services.exceptions_hint")}
          error={exceptions === undefined}
          value={draft.exceptions}
          onChange={({ currentTarget }) => change({ exceptions: currentTarget.value })}
        />
        <Button type="submit" loading={save.isPending} disabled={exceptions === undefined || staffId === ""}>
          {t("office.services.save")}
        </Button>
        {adviser && may("advisers.remove") ? (
          <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate(undefined, { onSuccess: onClose })}>
            {t("office.services.remove_adviser")}
          </Button>
        ) : null}
      </form>
      {adviser && may("advisers.makeCalendar") ? <CalendarLink adviser={adviser} /> : null}
    </Beside>
  );
}

/** The link is shown once: its hash alone is kept. */
function CalendarLink({ adviser }: { readonly adviser: AdviserView }) {
  const make = useAct(() => api.ask("advisers.makeCalendar", { params: { id: adviser.staffId } }), [ADVISERS_KEY]);
  return (
    <div className={form.form}>
      <p>{t(adviser.hasCalendar ? "office.services.calendar_again" : "office.services.calendar_hint")}</p>
      <Button variant="default" loading={make.isPending} onClick={() => make.mutate(undefined)}>
        {t("office.services.calendar")}
      </Button>
      {make.data ? (
        <TextInput readOnly label={t("office.services.calendar_url")} value={make.data.url} onFocus={({ target }) => target.select()} />
      ) : null}
    </div>
  );
}

/** A day in a line, with its times: `2026-12-24 09:00-12:00`; alone it is a day off. Undefined where a line says no day. */
function readDays(text: string): { date: string; times: string }[] | undefined {
  const lines = text.split("\n").flatMap((line) => line.trim() || []);
  const read = lines.flatMap((line) => {
    const [, date, times = ""] = /^(\d{4}-\d{2}-\d{2})(?:\s+(\S.*))?$/.exec(line) ?? [];
    return date === undefined ? [] : [{ date, times }];
  });
  return read.length === lines.length ? read : undefined;
}
