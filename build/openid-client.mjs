// A guest that nobody here wrote: npm's openid-client goes the whole way against a running city, through the gateway.
// Called by `make openid-client`; the environment says where the city is and how its admin signs in.
import { strict as assert } from 'node:assert'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import * as oidc from 'openid-client'

const city = process.env.CITY ?? 'http://localhost:8080'
const sandbox = process.env.SANDBOX ?? 'http://localhost:8090'
const admin = process.env.ADMIN_PASSWORD
if (!admin) throw new Error("ADMIN_PASSWORD is not set: `make run` prints the admin's password")

const callback = 'https://www.hospital.example/callback'
const api = 'https://api.hospital.example'
const insurance = 'https://insurance.example'

async function call(url, body, token) {
  const answer = await fetch(url, {
    method: body ? 'POST' : 'GET',
    body: body && JSON.stringify(body),
    headers: {
      ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
  })
  const json = await answer.json()
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${json.reason} ${json.detail}`)
  return json
}

const register = (token, client) => call(`${city}/v1/clients`, { client }, token)

const discover = (clientId, authentication) =>
  oidc.discovery(new URL(city), clientId, undefined, authentication, { execute: [oidc.allowInsecureRequests] })

/** What the citizen does at the browser and in the city's app; the address to which the browser goes on. */
async function approve(start, citizen) {
  const begun = await fetch(start, { redirect: 'manual' })
  assert.equal(begun.status, 303)
  const page = begun.headers.get('location')
  const cookie = begun.headers.get('set-cookie').split(';')[0]
  const html = await (await fetch(page, { headers: { cookie } })).text()
  const code = /class="code">([A-Z-]+)</.exec(html)[1]
  const asked = await call(`${city}/v1/authorizationRequests/${code}`, undefined, citizen)
  console.log(`  ${asked.clientDisplayName} asks for ${asked.scopes.map((s) => s.scope).join(' ')}`)
  const { confirmationCode } = await call(`${city}/v1/authorizationRequests/${code}:approve`, {}, citizen)
  const form = new URLSearchParams({ step: 'confirm', confirmation: confirmationCode })
  const gone = await fetch(page, { method: 'POST', body: form, redirect: 'manual', headers: { cookie } })
  assert.equal(gone.status, 303)
  return new URL(gone.headers.get('location'))
}

async function authorizationCodeFlow(staff, citizen) {
  console.log('A web page signs a citizen in, refreshes and gives its tokens back')
  const clientId = `web-${randomUUID().slice(0, 8)}`
  await register(staff, {
    clientId,
    displayName: '示例医院',
    purpose: '预约挂号',
    kind: 'WEB_PAGE',
    redirectUris: [callback],
    scopes: ['openid', 'offline_access', 'real_name_level'].map((scope) => ({ scope, purpose: '就诊' })),
    audiences: [api],
    sector: 'hospital.example',
    requestsPerMinute: 600,
    requestsPerDay: 100000,
  })
  const config = await discover(clientId, oidc.None())
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
  const expectedState = oidc.randomState()
  const expectedNonce = oidc.randomNonce()
  const start = oidc.buildAuthorizationUrl(config, {
    redirect_uri: callback,
    scope: 'openid offline_access real_name_level',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
  })
  const back = await approve(start, citizen)
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true }
  const tokens = await oidc.authorizationCodeGrant(config, back, checks)
  const { sub } = tokens.claims()
  const claims = await oidc.fetchUserInfo(config, tokens.access_token, sub)
  assert.deepEqual(claims, { sub, real_name_level: 'basic' })
  const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token)
  assert.notEqual(refreshed.refresh_token, tokens.refresh_token)
  assert.equal(refreshed.claims().sub, sub)
  await oidc.tokenRevocation(config, refreshed.refresh_token)
  await assert.rejects(oidc.fetchUserInfo(config, refreshed.access_token, sub))
  await assert.rejects(oidc.refreshTokenGrant(config, refreshed.refresh_token), { error: 'invalid_grant' })
  await assert.rejects(oidc.authorizationCodeGrant(config, back, checks), { error: 'invalid_grant' })
  return clientId
}

async function machineFlow(staff) {
  console.log('A server gets a token of its own by private_key_jwt, and asks what it is worth')
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const clientId = `server-${randomUUID().slice(0, 8)}`
  const kid = 'k1'
  await register(staff, {
    clientId,
    displayName: '示例医院服务器',
    purpose: '医保核对',
    kind: 'MACHINE',
    jwks: JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' }] }),
    scopes: [{ scope: 'hospital:appointments', purpose: '门诊' }],
    audiences: [insurance],
    serves: [api],
    sector: 'hospital.example',
    requestsPerMinute: 600,
    requestsPerDay: 100000,
  })
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign'])
  const config = await discover(clientId, oidc.PrivateKeyJwt({ key, kid }))
  const tokens = await oidc.clientCredentialsGrant(config, { scope: 'hospital:appointments', resource: insurance })
  const worth = await oidc.tokenIntrospection(config, tokens.access_token)
  assert.equal(worth.active, true)
  assert.equal(worth.sub, clientId)
  await call(`${city}/v1/clients/${clientId}:suspend`, { reason: 'the end of the test' }, staff)
  await assert.rejects(oidc.clientCredentialsGrant(config, { resource: insurance }), { error: 'unauthorized_client' })
}

const signedIn = await call(`${city}/v1/sessions:signInStaff`, { username: 'admin', password: admin })
const login = await call(`${sandbox}/jsCodes`, { phone: '13800000001' })
const citizen = await call(`${city}/v1/sessions:signInWithMiniProgram`, login)
const clientId = await authorizationCodeFlow(signedIn.accessToken, citizen.accessToken)
await machineFlow(signedIn.accessToken)
console.log('The citizen takes back what was granted')
await call(`${city}/v1/guests/${clientId}:withdraw`, {}, citizen.accessToken)
const { guests } = await call(`${city}/v1/guests?pageSize=100`, undefined, citizen.accessToken)
assert.ok(guests.every((guest) => guest.clientId !== clientId))
console.log('openid-client went the whole way.')
