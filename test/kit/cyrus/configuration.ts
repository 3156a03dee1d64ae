/** What differs from one private Cyrus to the next. */
export interface CyrusPlace {
  readonly root: string;
  readonly imapPort: number;
  readonly imapsPort: number;
  readonly httpPort: number;
  readonly sievePort: number;
}

/** Where Debian keeps the programs. */
export const programs = '/usr/lib/cyrus/bin';

/** A whole `imapd.conf`, so that nothing of /etc matters. For Cyrus 3.6. */
export const imapdConfiguration = ({ root }: CyrusPlace): string => `
configdirectory: ${root}/conf
partition-default: ${root}/spool
defaultpartition: default
proc_path: ${root}/run/proc
mboxname_lockpath: ${root}/run/lock
lmtpsocket: ${root}/run/socket/lmtp
idlesocket: ${root}/run/socket/idle
notifysocket: ${root}/run/socket/notify
sievedir: ${root}/sieve
altnamespace: yes
unixhierarchysep: yes
virtdomains: userid
admins: cyrus
servername: localhost
allowplaintext: yes
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: ${root}/sasl/sasldb2
sasl_mech_list: PLAIN LOGIN
tls_server_cert: ${root}/tls/cert.pem
tls_server_key: ${root}/tls/key.pem
tls_session_timeout: 0
httpmodules: caldav carddav jmap webdav
caldav_realm: test
conversations: yes
conversations_db: twoskip
jmap_nonstandard_extensions: yes
jmapuploadfolder: #jmap
# Headers stay as they are; by itself it writes X for every byte that is not ASCII.
munge8bit: no
# Not at rest for longer than a test waits.
idlemethod: poll
imapidlepoll: 1
specialusealways: yes
# 0 makes INBOX and the folders below at the first sign-in by IMAP; -1 would not.
autocreate_quota: 0
autocreate_post: yes
autocreate_inbox_folders: Drafts|Sent|Trash
autocreate_subscribe_folders: Drafts|Sent|Trash
xlist-drafts: Drafts
xlist-sent: Sent
xlist-trash: Trash
search_engine: xapian
defaultsearchtier: t1
t1searchpartition-default: ${root}/search
expunge_mode: delayed
delete_mode: delayed
statuscache: yes
maxlogins_per_user: 0
syslog_prefix: strata-test
`;

/** What the master starts. Nothing sends or takes in mail. */
export const masterConfiguration = ({ root, imapPort, imapsPort, httpPort, sievePort }: CyrusPlace): string => {
  const service = (name: string, program: string, port: number): string =>
    `  ${name} cmd="${programs}/${program} -C ${root}/imapd.conf" listen="127.0.0.1:${port}" prefork=0`;
  return `
START {
  recover cmd="${programs}/ctl_cyrusdb -C ${root}/imapd.conf -r"
}
SERVICES {
${service('imap', 'imapd', imapPort)}
${service('imaps', 'imapd -s', imapsPort)}
${service('http', 'httpd', httpPort)}
${service('sieve', 'timsieved', sievePort)}
}
`;
};
