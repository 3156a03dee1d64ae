/** What differs from one private Dovecot to the next. */
export interface DovecotPlace {
  readonly root: string;
  readonly imapPort: number;
  readonly imapsPort: number;
  /** The system user that owns the mail; any that is not root. */
  readonly mailUser: string;
  readonly password: string;
  readonly format: 'maildir' | 'sdbox';
  /** All that it admits to; undefined: everything. */
  readonly capabilities: string | undefined;
  /** Access lists, a quota of 100 MiB, and folders of others below `shared/`. */
  readonly shares: boolean;
  /** Where filter scripts are managed; undefined: nowhere. */
  readonly sievePort: number | undefined;
  /** How tokens are taken, and the file that says who is asked about them; undefined: none are. */
  readonly tokens: { readonly mechanisms: string; readonly file: string } | undefined;
}

/** A whole configuration, so that nothing of /etc/dovecot matters. For Dovecot 2.3. */
export function dovecotConfiguration({
  root,
  imapPort,
  imapsPort,
  mailUser,
  password,
  format,
  capabilities,
  shares,
  sievePort,
  tokens,
}: DovecotPlace): string {
  const location = format === 'maildir' ? `maildir:${root}/mail/%u/Maildir:LAYOUT=fs` : `sdbox:${root}/mail/%u/sdbox`;
  const special = (name: string, auto: string): string =>
    `  mailbox ${name} {\n    special_use = \\${name}\n    auto = ${auto}\n  }`;
  return `
base_dir = ${root}/run
state_dir = ${root}/state
log_path = ${root}/dovecot.log
listen = 127.0.0.1
protocols = imap${sievePort === undefined ? '' : ' sieve'}
ssl = yes
ssl_cert = <${root}/tls/cert.pem
ssl_key = <${root}/tls/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login${tokens === undefined ? '' : ` ${tokens.mechanisms}`}
mail_location = ${location}
mail_uid = ${mailUser}
mail_gid = ${mailUser}
first_valid_uid = 1
first_valid_gid = 1
mail_attribute_dict = file:${root}/mail/%u/attributes
imap_metadata = yes
# Nothing here has to survive a power cut.
mail_fsync = never
mail_max_userip_connections = 50
# Whoever comes has an account: each test takes a name that nobody used.
${tokens === undefined ? '' : `passdb {\n  driver = oauth2\n  mechanisms = ${tokens.mechanisms}\n  args = ${tokens.file}\n}`}
passdb {
  driver = static
  mechanisms = plain login
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${mailUser} gid=${mailUser} home=${root}/mail/%u
}
namespace inbox {
  inbox = yes
  separator = /
${special('Drafts', 'subscribe')}
${special('Sent', 'subscribe')}
${special('Trash', 'create')}
}
${shares ? sharing(root) : ''}
${sievePort === undefined ? '' : filtering(sievePort)}
protocol imap {
${shares ? '  mail_plugins = acl quota imap_acl imap_quota' : ''}
${capabilities === undefined ? '' : `  imap_capability = ${capabilities}`}
  # Every command of every session, for tests that ask what a client really said.
  rawlog_dir = ${root}/rawlog
}
service imap-login {
  inet_listener imap {
    port = ${imapPort}
  }
  inet_listener imaps {
    port = ${imapsPort}
    ssl = yes
  }
}
service stats {
  client_limit = 1000
}
`;
}

const sharing = (root: string): string => `
mail_plugins = acl quota
plugin {
  acl = vfile
  acl_shared_dict = file:${root}/mail/shared-mailboxes
  quota = count:User quota
  quota_rule = *:storage=100M
  quota_vsizes = yes
}
namespace shared {
  type = shared
  separator = /
  prefix = shared/%%u/
  location = maildir:${root}/mail/%%u/Maildir:LAYOUT=fs:INDEXPVT=${root}/mail/%u/shared/%%u
  list = children
  subscriptions = no
}
`;

const filtering = (port: number): string => `
plugin {
  sieve = file:~/sieve;active=~/.dovecot.sieve
}
service managesieve-login {
  inet_listener sieve {
    port = ${port}
  }
}
`;

/** Whether a token is good is asked of the OAuth server each time (RFC 7662). */
export const introspection = ({ url, authority }: { readonly url: string; readonly authority: string }): string => `
introspection_mode = post
introspection_url = ${url}
tls_ca_cert_file = ${authority}
username_attribute = username
active_attribute = active
active_value = true
`;
