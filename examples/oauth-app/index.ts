/** OAuth apps: other services whose people sign in with their Rocket.Chat accounts. */
import * as rocketchat from "pulumi-rocketchat";

const wiki = new rocketchat.OAuthApp("wiki", {
  name: "Wiki",
  redirectUri: ["https://wiki.example.com/oauth/callback"],
});

const grafana = new rocketchat.OAuthApp("grafana", {
  name: "Grafana",
  redirectUri: ["https://grafana.example.com/login/generic_oauth", "http://localhost:3000/login/generic_oauth"],
});

export const wikiClientId = wiki.clientId;
/** Secret: to be handed to Grafana, as GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET. */
export const grafanaClientSecret = grafana.clientSecret;
