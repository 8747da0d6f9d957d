import { type Account, roles } from '@koiki/access'
import { municipalities } from '@koiki/store'
import { z } from 'zod'
import { Enrolment, NewStaffAccount, PasswordChange, StaffAccount, StaffAccounts } from '../api.ts'
import { nothing } from '../failure.ts'
import { placeName } from '../places.ts'
import { packUuid, unpackUuid } from '../reference.ts'
import { type Call, route } from '../route.ts'

export const accountRoutes = [
  route({
    method: 'POST',
    path: '/enrol',
    summary: '最初の管理者の登録。一度だけ使える登録番号で。模擬の世界では使わない。',
    realms: ['union'],
    needs: 'nothing',
    body: Enrolment,
    answer: z.object({}),
    handle: async ({ parts, body, request }) => {
      if (parts.invented) throw nothing()
      await parts.access.enrolFirstAdministrator({
        code: body.code,
        loginName: body.account,
        name: body.name,
        password: body.password,
        terminal: null,
        address: request.ip,
      })
      return {}
    },
  }),
  route({
    method: 'POST',
    path: '/password',
    summary: '自分のパスワードを変える。ほかの席のサインインは終わる。',
    realms: ['counter', 'union'],
    needs: 'session',
    body: PasswordChange,
    answer: z.object({}),
    handle: async ({ parts, session, token, body }) => {
      await parts.access.changePassword(session, token, body.current, body.next)
      return {}
    },
  }),
  route({
    method: 'GET',
    path: '/accounts',
    summary: '利用者の一覧',
    realms: ['union'],
    needs: 'account.read',
    answer: StaffAccounts,
    handle: async (call) => {
      const accounts = await call.parts.access.listAccounts(call.session)
      const checkedAt = await call.transaction(async (tx) => tx.now)
      return {
        checkedAt,
        accounts: accounts.map((account) => shown(call, account)),
        municipalities: municipalities
          .filter(([code]) => code.startsWith(call.scope.union))
          .map(([code, name]) => ({ code, name })),
      }
    },
  }),
  route({
    method: 'POST',
    path: '/accounts',
    summary: '利用者を登録する',
    realms: ['union'],
    needs: 'account.manage',
    body: NewStaffAccount,
    answer: StaffAccount,
    handle: async (call) => {
      const { account, name, role, municipality, password } = call.body
      const made = await call.parts.access.createAccount(call.session, {
        loginName: account,
        name,
        roles: [role],
        scope: { union: call.scope.union, municipality: municipality ?? '*' },
        password,
      })
      return shown(call, made)
    },
  }),
  ...(['disable', 'unlock'] as const).map((act) =>
    route({
      method: 'POST',
      path: `/accounts/:account/${act}`,
      summary: act === 'disable' ? '利用者を止める(もどらない)' : '締出しを解く',
      realms: ['union'],
      needs: 'account.manage',
      body: z.object({}),
      answer: z.object({}),
      handle: async (call) => {
        const id = unpackUuid(call.at('account'))
        const { access } = call.parts
        const known = (await access.listAccounts(call.session)).some((one) => one.id === id)
        if (!known) throw nothing()
        if (act === 'disable') await access.disableAccount(call.session, id)
        else await access.unlockAccount(call.session, id)
        return {}
      },
    }),
  ),
]

function shown(call: Call<never, never> | Call, account: Account): z.infer<typeof StaffAccount> {
  return {
    id: call.references.write('account', packUuid(account.id)),
    account: account.loginName,
    name: account.name,
    roles: account.roles.map((role) => roles[role]),
    place: placeName(account.scope?.municipality ?? '*'),
    disabled: account.disabled,
    self: account.id === call.session.account.id,
  }
}
