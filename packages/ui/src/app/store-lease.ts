import { useEffect } from "react";

/** Asks the hub for the store's lease and says after how many seconds to ask again. */
type Renew = () => Promise<{ readonly againInSeconds: number }>;

/** What an answer that did not come waits for. */
const AGAIN_SECONDS = 10;

/**
 * Gives signs of life for the store that this device stands in, as long as its app is open [PRM-71]: without them the hub takes no orders to be made at once. Where
 * the store needs none the hub says so, and is asked again now and then.
 */
export function useStoreLease(renew: Renew, isOn = true): void {
  useEffect(() => {
    if (!isOn) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOpen = true;
    const turn = async (): Promise<void> => {
      const seconds = await renew().then(
        ({ againInSeconds }) => againInSeconds,
        () => AGAIN_SECONDS,
      );
      if (isOpen) timer = setTimeout(() => void turn(), seconds * 1000);
    };
    void turn();
    return () => {
      isOpen = false;
      clearTimeout(timer);
    };
  }, [renew, isOn]);
}
