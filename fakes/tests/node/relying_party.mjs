// openid-client, unchanged, as a relying party: each line of standard input is one thing to do, as
// JSON, and each line of standard output is what came of it.

import { createInterface } from "node:readline";
import * as client from "openid-client";

let config;
let kept = {};

async function authentication({ method, secret, jwk }) {
  switch (method) {
    case "client_secret_basic":
      return client.ClientSecretBasic(secret);
    case "client_secret_post":
      return client.ClientSecretPost(secret);
    case "client_secret_jwt":
      return client.ClientSecretJwt(secret);
    case "private_key_jwt": {
      const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
      const key = await crypto.subtle.importKey("jwk", jwk, algorithm, false, ["sign"]);
      return client.PrivateKeyJwt({ key, kid: jwk.kid });
    }
    default:
      return client.None();
  }
}

const acts = {
  async discover({ issuer, client_id, algorithm, ...how }) {
    const credentials = await authentication(how);
    const url = new URL(issuer);
    config = await client.discovery(url, client_id, how.metadata, credentials, { algorithm });
    kept = {};
    return config.serverMetadata();
  },
  async machine(parameters) {
    return await client.clientCredentialsGrant(config, parameters);
  },
  async ask({ redirect_uri, scope, ...more }) {
    kept.verifier = client.randomPKCECodeVerifier();
    kept.state = client.randomState();
    kept.nonce = client.randomNonce();
    const code_challenge = await client.calculatePKCECodeChallenge(kept.verifier);
    const { state, nonce } = kept;
    const proof = { code_challenge, code_challenge_method: "S256", state, nonce };
    const parameters = { redirect_uri, scope, ...proof, ...more };
    return { url: client.buildAuthorizationUrl(config, parameters).href };
  },
  async back({ url, verifier }) {
    const tokens = await client.authorizationCodeGrant(config, new URL(url), {
      pkceCodeVerifier: verifier ?? kept.verifier,
      expectedState: kept.state,
      expectedNonce: kept.nonce,
      idTokenExpected: true,
    });
    return { ...tokens, claims: tokens.claims() };
  },
  async user({ token, subject }) {
    return await client.fetchUserInfo(config, token, subject);
  },
  async refresh({ token }) {
    return await client.refreshTokenGrant(config, token);
  },
  async introspect({ token }) {
    return await client.tokenIntrospection(config, token);
  },
  async revoke({ token }) {
    await client.tokenRevocation(config, token);
    return {};
  },
  async device({ scope }) {
    kept.device = await client.initiateDeviceAuthorization(config, { scope });
    return kept.device;
  },
  async poll() {
    return await client.pollDeviceAuthorizationGrant(config, { ...kept.device, interval: 0.01 });
  },
  async leave(parameters) {
    return { url: client.buildEndSessionUrl(config, parameters).href };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { act, ...given } = JSON.parse(line);
  let told;
  try {
    told = { done: await acts[act](given) };
  } catch (error) {
    const { name, message, code, status } = error;
    const cause = error.cause?.message ?? error.cause;
    told = { failed: { name, message, code, status, error: error.error, cause } };
  }
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
