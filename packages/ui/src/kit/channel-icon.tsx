import type { Icon } from "@tabler/icons-react";
import IconBriefcase from "@tabler/icons-react/dist/esm/icons/IconBriefcase.mjs";
import IconBuildingStore from "@tabler/icons-react/dist/esm/icons/IconBuildingStore.mjs";
import IconDeviceMobile from "@tabler/icons-react/dist/esm/icons/IconDeviceMobile.mjs";
import IconDeviceTv from "@tabler/icons-react/dist/esm/icons/IconDeviceTv.mjs";
import IconHash from "@tabler/icons-react/dist/esm/icons/IconHash.mjs";
import IconHeadset from "@tabler/icons-react/dist/esm/icons/IconHeadset.mjs";
import IconMail from "@tabler/icons-react/dist/esm/icons/IconMail.mjs";
import IconMessageCircle from "@tabler/icons-react/dist/esm/icons/IconMessageCircle.mjs";
import IconPhone from "@tabler/icons-react/dist/esm/icons/IconPhone.mjs";
import IconWorld from "@tabler/icons-react/dist/esm/icons/IconWorld.mjs";
import type { ChannelKind } from "@weft/contracts/client";
import { t } from "../t.ts";
import styles from "./channel-icon.module.css";

const ICONS: Readonly<Record<ChannelKind, Icon>> = {
  web: IconWorld,
  app: IconDeviceMobile,
  store: IconBuildingStore,
  phone: IconPhone,
  email: IconMail,
  messaging: IconMessageCircle,
  social: IconHash,
  screen: IconDeviceTv,
  office: IconBriefcase,
  desk: IconHeadset,
};

/** What a kind of channel is called. */
export function channelName(kind: ChannelKind): string {
  return t(`ui.channel.${kind}`);
}

/** One picture and one color per kind of channel, the same on all screens. With `named` its name stands beside it, else it is said. */
export function ChannelIcon({
  kind,
  named = false,
  size = 18,
}: {
  readonly kind: ChannelKind;
  readonly named?: boolean;
  readonly size?: number;
}) {
  const Icon = ICONS[kind];
  return (
    <span className={styles.channel} title={named ? undefined : channelName(kind)}>
      <Icon size={size} stroke={1.75} color={`var(--channel-${kind})`} aria-hidden />
      <span className={named ? undefined : "said"}>{channelName(kind)}</span>
    </span>
  );
}
