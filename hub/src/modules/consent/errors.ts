import type { ConsentTopic, DecisionPurpose } from "@weft/contracts";
import type { EntityId, Problems } from "@weft/kernel";

export type ConsentError =
  | { readonly code: "customer.unknown" }
  | { readonly code: "consent.topic_unknown"; readonly purpose: DecisionPurpose; readonly topic: ConsentTopic }
  | { readonly code: "consent.too_wide" }
  | { readonly code: "consent.proof_missing" }
  | { readonly code: "consent.no_address" }
  | { readonly code: "consent.link_unknown" }
  | { readonly code: "consent.confirmation_unknown" }
  | { readonly code: "consent.confirmation_expired" }
  | { readonly code: "consent.address_invalid" }
  | { readonly code: "consent.suppression_unknown" }
  | { readonly code: "consent.entity_unknown"; readonly entityId: EntityId };

export const CONSENT_PROBLEMS: Problems<ConsentError> = {
  "customer.unknown": { status: 404, title: "There is no such customer" },
  "consent.topic_unknown": { status: 422, title: "This topic does not belong to that purpose" },
  "consent.too_wide": { status: 422, title: "A yes names one topic and one kind of channel" },
  "consent.proof_missing": { status: 422, title: "Say how it was said: a decision entered for somebody needs its proof" },
  "consent.no_address": { status: 409, title: "There is no e-mail address to confirm this from" },
  "consent.link_unknown": { status: 404, title: "This link opens nothing" },
  "consent.confirmation_unknown": { status: 404, title: "There is nothing to confirm here" },
  "consent.confirmation_expired": { status: 410, title: "This confirmation has expired; ask for it again" },
  "consent.address_invalid": { status: 422, title: "This is no address of that kind" },
  "consent.suppression_unknown": { status: 404, title: "There is no such suppression" },
  "consent.entity_unknown": { status: 404, title: "There is no such legal entity" },
};
