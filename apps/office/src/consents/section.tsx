import { Button, Modal, Select, TextInput } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { BodyOf, ConsentCellView, TermsView } from "@weft/contracts/client";
import { formatDateTime, formatList } from "@weft/ui/i18n/format.ts";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { LOCALE_NAMES } from "@weft/ui/i18n/locales.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Fact, Facts } from "../common/facts.tsx";
import form from "../common/form.module.css";
import { wordOf } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { ConsentHistory } from "./history.tsx";
import { DataUses } from "./uses.tsx";
import { WriteDialog } from "./write-dialog.tsx";

const termsQuery = (id: string) =>
  queryOptions({ queryKey: ["customer", id, "terms"], queryFn: ({ signal }) => api.ask("consent.read", { params: { id }, signal }) });

/** What the customer agreed to, how they want to be reached, and entering what they say, with how it was said. */
export function Consents({ customerId }: { readonly customerId: string }) {
  const terms = useQuery(termsQuery(customerId));
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const [isWriting, setWriting] = useState(false);
  if (terms.isPending)
    return (
      <Section title={t("office.consent.title")}>
        <Skeleton height="6rem" />
      </Section>
    );
  if (terms.isError) return <ProblemNote error={terms.error} onRetry={terms.refetch} />;
  const { cells, uses, preferences, suppressions, wordingVersion } = terms.data;
  const said = cells.filter(({ state }) => state !== "none");
  return (
    <Section
      title={t("office.consent.title")}
      actions={
        <>
          {may("messages.write") ? (
            <Button variant="default" onClick={() => setWriting(true)}>
              {t("office.write.title")}
            </Button>
          ) : null}
          {may("consent.decide") ? (
            <Button variant="default" onClick={() => setOpen(true)}>
              {t("office.consent.enter")}
            </Button>
          ) : null}
        </>
      }
    >
      {said.length === 0 ? <p className={form.quiet}>{t("office.consent.nothing")}</p> : null}
      <ul className={form.rows}>
        {grouped(said).map((cells) => (
          <SaidRow key={cells.map(({ topic, channelKind }) => `${topic} ${channelKind}`).join()} cells={cells} />
        ))}
      </ul>
      <DataUses customerId={customerId} wordingVersion={wordingVersion} uses={uses} />
      <Wishes preferences={preferences} />
      {suppressions.map(({ id, channelKind, reason, at }) => (
        <p key={id} className={form.error}>
          {t("office.consent.suppressed", { kind: t(`office.consent.kind.${channelKind}`), reason: t(`office.consent.reason.${reason}`) })}{" "}
          <small>{formatDateTime(at)}</small>
        </p>
      ))}
      {may("consent.history") ? <ConsentHistory customerId={customerId} /> : null}
      <WriteDialog customerId={customerId} isOpen={isWriting} onClose={() => setWriting(false)} />
      <EnterDialog customerId={customerId} wordingVersion={wordingVersion} isOpen={isOpen} onClose={() => setOpen(false)} />
    </Section>
  );
}

const TONES = { granted: "good", pending: "warn", withdrawn: "bad", none: "plain" } as const;

/** Cells of one topic that one decision covers, together: "none of it" is a row per topic and not one per cell. */
function grouped(cells: readonly ConsentCellView[]): ConsentCellView[][] {
  const groups = Map.groupBy(cells, ({ topic, state, at, source, isContested }) => [topic, state, at, source, isContested].join(" "));
  return [...groups.values()];
}

function SaidRow({ cells }: { readonly cells: readonly ConsentCellView[] }) {
  const [first] = cells;
  if (!first) return null;
  const { topic, state, at, source, isContested } = first;
  const kinds = formatList(cells.map(({ channelKind }) => t(`office.consent.kind.${channelKind}`)));
  return (
    <li>
      <span className={form.grow}>
        {t(`office.consent.topic.${topic}`)} · {kinds}{" "}
        <small>
          {at === null ? null : formatDateTime(at)}
          {source === null ? null : ` · ${t(`office.consent.source.${source}`)}`}
          {isContested ? ` · ${t("office.consent.contested")}` : null}
        </small>
      </span>
      <Badge tone={TONES[state]}>{t(`office.consent.state.${state}`)}</Badge>
    </li>
  );
}

function Wishes({ preferences: { channel, language, quietHours, pausedUntil } }: Pick<TermsView, "preferences">) {
  const time = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
  return (
    <Facts>
      <Fact label={t("office.consent.channel")}>{channel && t(`office.consent.kind.${channel}`)}</Fact>
      <Fact label={t("office.consent.language")}>{language && LOCALE_NAMES[language]}</Fact>
      <Fact label={t("office.consent.quiet")}>
        {quietHours && `${time(quietHours.from)}–${time(quietHours.until)} (${quietHours.timeZone})`}
      </Fact>
      <Fact label={t("office.consent.pause")}>{pausedUntil && formatDateTime(pausedUntil)}</Fact>
    </Facts>
  );
}

type Body = BodyOf<"consent.decide">;
const TOPICS = ["offers", "news", "reminders", "wishes", "surveys"] as const;
const KINDS = ["email", "sms", "push", "phone", "post"] as const;
const HOWS = ["in_person", "by_phone", "in_writing"] as const;

type EnterProps = {
  readonly customerId: string;
  readonly wordingVersion: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
};

/** What somebody said, entered for them: about what, by which way, and how it was said. */
function EnterDialog({ customerId, wordingVersion, isOpen, onClose }: EnterProps) {
  const [state, setState] = useState<"granted" | "withdrawn">("withdrawn");
  const [topic, setTopic] = useState<(typeof TOPICS)[number]>("offers");
  const [kind, setKind] = useState<(typeof KINDS)[number]>("email");
  const [how, setHow] = useState<(typeof HOWS)[number]>("in_person");
  const [note, setNote] = useState("");
  const purpose = topic === "surveys" ? "research" : "marketing";
  const enter = useAct((body: Body) => api.ask("consent.decide", { params: { id: customerId }, body }), [["customer", customerId]]);
  const proof = { how, ...(note.trim() !== "" && { note: note.trim() }) };
  const rest = { wordingVersion, language: currentLocale(), proof };
  const everything: Body = {
    ...rest,
    choices: [
      { purpose: "marketing", state: "withdrawn" },
      { purpose: "research", state: "withdrawn" },
    ],
  };
  const send = (body: Body): void => enter.mutate(body, { onSuccess: onClose });
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("office.consent.enter")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          send({ ...rest, choices: [{ purpose, topic, channelKind: kind, state }] });
        }}
      >
        <Pick label={t("office.consent.said")} value={state} values={["withdrawn", "granted"]} word="state" onPick={setState} />
        <Pick label={t("office.consent.about")} value={topic} values={TOPICS} word="topic" onPick={setTopic} />
        <Pick label={t("office.consent.by")} value={kind} values={KINDS} word="kind" onPick={setKind} />
        <Pick label={t("office.consent.how")} value={how} values={HOWS} word="how" onPick={setHow} />
        <TextInput label={t("office.consent.note")} value={note} maxLength={300} onChange={({ target }) => setNote(target.value)} />
        <div className={form.row}>
          <Button type="submit" loading={enter.isPending}>
            {t("office.consent.save")}
          </Button>
          <Button variant="default" loading={enter.isPending} onClick={() => send(everything)}>
            {t("office.consent.stop_all")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Pick<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly values: readonly Value[];
  readonly word: "state" | "topic" | "kind" | "how";
  readonly onPick: (value: Value) => void;
}) {
  const { label, value, values, word, onPick } = props;
  return (
    <Select
      label={label}
      value={value}
      allowDeselect={false}
      data={values.map((each) => ({ value: each, label: wordOf(`office.consent.${word}.${each}`, each) }))}
      onChange={(next) => {
        const found = values.find((each) => each === next);
        if (found !== undefined) onPick(found);
      }}
    />
  );
}
