import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import { LITTLE, type Said } from "./reasons.ts";

/** What a field says, in words; a part of an address by its name. */
export function saidText({ reason: { field, code, bits }, name }: Said): string {
  const agreement = wordOf(`office.match.says.${code}`, code);
  const about = name === "address" ? `${wordOf(`office.match.part.${field.replaceAll(" ", "_")}`, field)}: ${agreement}` : agreement;
  return t("office.match.said", { agreement: about, weight: weightWord(bits) });
}

/** From so many bits on a field says something; from `STRONG` on it says more than most fields do. */
const SOME = 2;
const STRONG = 6;

/** How much a field says: a bit doubles the odds. */
function weightWord(bits: number): string {
  const size = Math.abs(bits);
  if (size < LITTLE) return t("office.match.weight.nothing");
  const strength = size < SOME ? "little" : size < STRONG ? "some" : "strong";
  return bits > 0 ? t(`office.match.weight.one_${strength}`) : t(`office.match.weight.two_${strength}`);
}
