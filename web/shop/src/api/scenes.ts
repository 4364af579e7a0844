import { call } from "../../../shared/client";
import type { SceneAnswer, SceneRequest } from "./types";

export function askScene(scene: string, request: SceneRequest, signal?: AbortSignal): Promise<SceneAnswer> {
  return call<SceneAnswer>(`/v1/scenes/${encodeURIComponent(scene)}`, { method: "POST", body: request, signal });
}
