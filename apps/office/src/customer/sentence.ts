import type { TimelineEntryView } from "@weft/contracts/client";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import { knownEvent, sayingOf } from "./saying.ts";

/** An entry of the timeline as a sentence in the reader's language. */
export function sentenceOf(entry: TimelineEntryView): string {
  const said = sayingOf(entry);
  switch (said.say) {
    case "order":
    case "sale":
      return t(`office.timeline.say.${said.say}`, { number: said.number, total: formatMoney(said.total) });
    case "canceled":
      return t("office.timeline.say.canceled", { number: said.number });
    case "message":
      return t("office.timeline.say.message", {
        what: wordOf(`office.messages.template.${said.template}`, said.template),
        way: wayText(said.medium),
      });
    case "terms_given":
    case "terms_withdrawn":
      return t(`office.timeline.say.${said.say}`, { topic: topicText(said.topic), way: wayText(said.way) });
    case "use_allowed":
    case "use_refused":
      return t(`office.timeline.say.${said.say}`, { what: t(`office.privacy.purpose.${said.use}`) });
    case "points":
      return t("office.timeline.say.points", {
        what: wordOf(`office.timeline.${said.kind}`, said.kind),
        points: formatNumber(said.points),
      });
    case "viewed":
      return t("office.timeline.say.viewed", { what: said.what });
    case "event":
      return eventText(said.event, said.what);
    case "verified":
      return t("office.timeline.say.verified", { contact: t(`office.customer.field.${said.contact}`) });
    case "plain":
      return [wordOf(`office.timeline.${said.kind}`, said.kind), said.name].filter(Boolean).join(" ");
  }
}

function eventText(event: string, what: string | null): string {
  const known = knownEvent(event);
  const words = known ? t(`office.timeline.event.${known}`) : event;
  return what === null ? words : t("office.said_of", { name: words, what });
}

const wayText = (way: string | null): string => (way === null ? t("office.timeline.every_way") : wordOf(`office.consent.kind.${way}`, way));
const topicText = (topic: string | null): string =>
  topic === null ? t("office.timeline.every_topic") : wordOf(`office.consent.topic.${topic}`, topic);
