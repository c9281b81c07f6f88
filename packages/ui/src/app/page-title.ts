import { useEffect } from "react";
import { BRAND } from "../theme/brand.ts";

/** Names the browser's tab, its history and what a screen reader says first after the screen that is shown: "Orders · Trama" (WCAG 2.4.2). */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${BRAND.name}`;
    return () => {
      document.title = BRAND.name;
    };
  }, [title]);
}
