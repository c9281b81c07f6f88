import type { Problems } from "@weft/kernel";

export type CustomerError =
  | { code: "customer.unknown" }
  | { code: "customer.access_unknown" }
  | { code: "customer.not_shown" }
  | { code: "customer.card_copied" }
  | { code: "customer.nothing_given" }
  | { code: "customer.too_many_traits"; most: number }
  | { code: "customer.not_a_contact" }
  | { code: "customer.channel_missing" }
  | { code: "customer.same" }
  | { code: "customer.judged_different" }
  | { code: "customer.merge_unknown" }
  | { code: "customer.match_unknown" }
  | { code: "customer.match_decided"; decided: string }
  | { code: "customer.match_undecided" }
  | { code: "customer.may_not_vouch" }
  | { code: "customer.identifier_unknown" }
  | { code: "matching.under_way" }
  | { code: "matching.run_unknown" }
  | { code: "matching.run_ended" }
  | { code: "notice.unknown" }
  | { code: "notice.version_taken"; version: string }
  | { code: "notice.says_nothing_of_joining" }
  | { code: "notice.nowhere_to_read" }
  | { code: "challenge.unknown" }
  | { code: "challenge.expired" }
  | { code: "challenge.wrong_code"; attemptsLeft: number }
  | { code: "challenge.too_many_attempts" }
  | { code: "challenge.too_many_codes"; retryAfterSeconds: number }
  | { code: "claim.unknown" }
  | { code: "claim.expired" }
  | { code: "claim.claimed" };

/** What can be wrong with a notice. */
export type NoticeError = Extract<CustomerError, { code: `notice.${string}` }>;

export const CUSTOMER_PROBLEMS: Problems<CustomerError> = {
  "customer.unknown": { status: 404, title: "There is no such customer, or you may not see them" },
  "customer.access_unknown": { status: 404, title: "No such access to this file is known" },
  "customer.not_shown": { status: 403, title: "This customer belongs to another channel: ask for the card, and scan it" },
  "customer.card_copied": { status: 409, title: "Another till was shown this code: ask for the card itself" },
  "customer.nothing_given": { status: 422, title: "Give a name, an e-mail address, a phone or an external id" },
  "customer.too_many_traits": { status: 422, title: "A record has room for fewer traits than this" },
  "customer.not_a_contact": { status: 422, title: "This is neither an e-mail address nor a phone number" },
  "customer.channel_missing": { status: 422, title: "A record belongs to a channel: send a key or use an app" },
  "customer.same": { status: 409, title: "These are one customer already" },
  "customer.judged_different": { status: 409, title: "A person judged that these are different people" },
  "customer.merge_unknown": { status: 404, title: "There is no such merge to undo" },
  "customer.match_unknown": { status: 404, title: "There is no such pair to judge" },
  "customer.match_decided": { status: 409, title: "This pair was judged already" },
  "customer.match_undecided": { status: 409, title: "This pair was not judged yet" },
  "matching.under_way": { status: 409, title: "A run over the whole file is under way already" },
  "matching.run_unknown": { status: 404, title: "There is no such run" },
  "matching.run_ended": { status: 409, title: "This run has ended" },
  "customer.may_not_vouch": { status: 403, title: "This channel is not set to say what is verified" },
  "customer.identifier_unknown": { status: 404, title: "There is no such value, or you may not see whose it is" },
  "notice.unknown": { status: 404, title: "There is no such notice" },
  "notice.version_taken": { status: 409, title: "A notice of this version was published already: changed words are another version" },
  "notice.nowhere_to_read": { status: 409, title: "This notice names no address where its words can be read: a mail would lead nowhere" },
  "notice.says_nothing_of_joining": {
    status: 422,
    title: "This notice does not say that files are joined, or is not shown on that channel",
  },
  "challenge.unknown": { status: 404, title: "Ask for a new code" },
  "challenge.expired": { status: 410, title: "This code has run out: ask for a new one" },
  "challenge.wrong_code": { status: 422, title: "This is not the code that was sent" },
  "challenge.too_many_attempts": { status: 429, title: "Too many wrong codes: ask for a new one" },
  "challenge.too_many_codes": { status: 429, title: "Too many codes were asked for" },
  "claim.unknown": { status: 404, title: "This code opens nothing" },
  "claim.expired": { status: 410, title: "This code has run out" },
  "claim.claimed": { status: 409, title: "This code was used already" },
};
