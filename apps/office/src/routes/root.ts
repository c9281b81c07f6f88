import { createRootRoute } from "@tanstack/react-router";
import { OfficeFrame } from "../frame/office-frame.tsx";

export const root = createRootRoute({ component: OfficeFrame });
