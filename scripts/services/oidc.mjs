// An OpenID provider for tests: oidc-provider with its own sign-in pages, where clients register themselves. Whoever
// signs in is the address they type, with any password. A name that begins with "mfa" brings a second factor, one
// that begins with "unproven" an address that nobody checked.
import Provider from 'oidc-provider'

const port = Number(process.argv[2])
const provider = new Provider(`http://127.0.0.1:${port}`, {
  features: { devInteractions: { enabled: true }, registration: { enabled: true } },
  claims: { openid: ['sub'], email: ['email', 'email_verified', 'amr'], profile: ['name'] },
  pkce: { required: () => true },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: id, email_verified: !id.startsWith('unproven'), name: 'Named Elsewhere', amr: id.startsWith('mfa') ? ['mfa'] : ['pwd'] }),
  }),
})
provider.listen(port, '127.0.0.1', () => console.log('ready'))
