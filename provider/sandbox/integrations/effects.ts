/** What happens to integrations when something else changes. Knows no route. */
import type { State } from "../core/state.ts";

/** A renamed room takes its integrations along. */
export function renameChannelInIntegrations(state: State, before: string, after: string): void {
  for (const integration of Object.values(state.integrations)) {
    integration.channel = integration.channel.map((name) => (name === `#${before}` ? `#${after}` : name));
  }
}

/** The account that they post as is gone. */
export function disableIntegrationsOf(state: State, userId: string): void {
  for (const integration of Object.values(state.integrations)) {
    if (integration.userId === userId) integration.enabled = false;
  }
}
