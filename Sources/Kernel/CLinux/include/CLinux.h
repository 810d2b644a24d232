// The kernel's interface as Swift can see it: headers that the Glibc module leaves out, and the cmsg macros as functions.
#ifndef CLINUX_H
#define CLINUX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "CrashHandler.h"

// Prototypes that glibc hides behind _GNU_SOURCE, which a public header can't define (it would change fd_set).
int nt_setns(int fd, int nstype);
int nt_unshare(int flags);
// A file in memory, closed on exec, for what is written to standard error meanwhile; -1 and errno on failure.
int nt_memory_file(void);
// The calling thread's id, as in /proc/self/task (gettid(2)).
int nt_gettid(void);

// A netlink socket of that protocol, non-blocking where asked; -1 and errno on failure.
int nt_netlink_socket(int protocol, int nonblocking);
// Binds to the kernel's choice of port id and returns it through port; -1 and errno on failure.
int nt_netlink_bind(int fd, uint32_t *port);
// Sends one datagram to the kernel (port id 0).
ssize_t nt_netlink_send(int fd, const void *bytes, size_t length);

struct nt_datagram {
  uint32_t sender;    // nl_pid: 0 is the kernel
  int32_t nsid;       // cmsg NETLINK_LISTEN_ALL_NSID; -1 where there is none (our own namespace)
  int truncated;      // MSG_TRUNC: the datagram was longer than the buffer
  int ctruncated;     // MSG_CTRUNC: control data was lost
};
// Receives one datagram; the result is its true length, which is larger than capacity where it was truncated.
ssize_t nt_netlink_receive(int fd, void *buffer, size_t capacity, int flags, struct nt_datagram *out);

// The cookie of the network namespace that a socket is in (SO_NETNS_COOKIE); 0 and errno on failure.
uint64_t nt_netns_cookie(int socket);
// The same of an open nsfs file (ioctl NS_GET_ID, Linux 6.18); 0 and errno on failure.
uint64_t nt_namespace_id(int fd);
// Of the user namespaces below ours that the namespace of an open nsfs file is in, whose the outermost is (ioctl_ns(2)).
// 1: a user's; 0: it belongs to our own user namespace; -1: it can't be told (not below ours, no right).
int nt_namespace_owner(int fd, uint32_t *uid);
// Whether fd is a file of nsfs (NSFS_MAGIC).
int nt_is_nsfs(int fd);

struct nt_echo_reply {
  int64_t realtime_ns;   // the kernel's receive time (SO_TIMESTAMPNS); 0 where there is none
  int32_t ttl;           // time to live or hop limit; -1 where unknown
  uint8_t source[16];    // the sender's address, 4 or 16 bytes; of an error: where the packet in question was going
  int32_t source_length;
  int32_t error;         // from the error queue: an errno, else 0
  int32_t icmp_type;     // from the error queue
  int32_t icmp_code;
  uint8_t offender[16];  // from the error queue: who reported the error
  int32_t offender_length;
  int32_t origin;        // from the error queue: SO_EE_ORIGIN_*; 1 is this host itself, 2 ICMP, 3 ICMPv6
  uint32_t information;  // from the error queue: the MTU, of a packet too large
};
// Raw sockets hear of every echo of their namespace. Errors and replies have a receive buffer in common: so there is one
// socket that sends and hears of errors, and one for replies, whose filter lets nothing else in.
enum nt_echo_kind { nt_echo_raw_errors, nt_echo_raw_replies, nt_echo_datagram };
// A non-blocking echo socket in the calling thread's namespace, which stamps the replies that it receives. -1 and errno
// on failure.
int nt_echo_socket(int ipv6, enum nt_echo_kind kind);
// Lets nothing into the socket but messages that have these bytes, wherever `compared` is not 0 (SO_ATTACH_FILTER), and
// forgets what has come until then. At most 32 bytes. 0, or -1 and errno.
int nt_echo_expect(int fd, int behind_ip_header, const uint8_t *bytes, const uint8_t *compared, size_t length);
// Forbids fragments, whatever the path's MTU is believed to be (IP_PMTUDISC_PROBE); 0, or -1 and errno.
int nt_forbid_fragments(int fd, int ipv6);
// Binds a socket to an address of 4 or 16 bytes, and to a port, which is an ICMP datagram socket's identifier; 0: any. 0, or
// -1 and errno.
int nt_bind_address(int fd, const uint8_t *address, int address_length, uint32_t scope, uint16_t port);
ssize_t nt_echo_send(int fd, const void *bytes, size_t length, const uint8_t *address, int address_length, uint32_t scope);
// Receives one packet, or one error with errors != 0; -1 and errno on failure.
ssize_t nt_echo_receive(int fd, void *buffer, size_t capacity, int errors, struct nt_echo_reply *out);

// A non-blocking TCP socket in the calling thread's namespace; -1 and errno on failure.
int nt_tcp_socket(int ipv6);
// The same of UDP; it hears of every ICMP error about what it sends (IP_RECVERR).
int nt_udp_socket(int ipv6);
// Begins to connect: 0, or -1 and errno, which is EINPROGRESS where it takes its time.
int nt_connect(int fd, const uint8_t *address, int address_length, uint32_t scope, uint16_t port);
// The error that is pending on a socket (SO_ERROR); 0 where there is none.
int nt_socket_error(int fd);

// Whether the program has more rights than who started it: a file capability or a set-user-ID bit (AT_SECURE, getauxval(3)).
int nt_is_secure(void);
// The environment as libc has it; a null pointer ends it.
char **nt_environment(void);
void nt_clear_environment(void);
// open(2) with no more rights than who started the program; where links are not followed, none on the whole path is.
int nt_open_as_user(const char *path, int flags, unsigned mode, int follows_links);
// Gives up for good, in the calling thread, what the program has beyond who started it; 0, or -1 and errno.
int nt_renounce_lent_rights(void);
// Makes capabilities (a mask of 1 << number; those that the thread has) ambient: what the thread starts now has them,
// though it is not root's (capabilities(7)). 0, or -1 and errno.
int nt_lend_capabilities(uint64_t wanted);
void nt_take_capabilities_back(void);

struct nt_child {
  int pid;
  int output;  // the reading ends of pipes, non-blocking
  int errors;
};
// Starts a program in the calling thread's namespace and in a process group of its own, with nothing to read and with
// pipes to write into. The capabilities in `lent` are ambient in it, where the thread has them. arguments and environment are words that end in NUL, one behind the other. 0, or an errno.
int nt_spawn(const char *path, const char *arguments, size_t arguments_length, const char *environment,
             size_t environment_length, uint64_t lent, struct nt_child *child);
// Kills a child that was not reaped yet, with its process group.
// Starts a program that has the terminal, with our environment and without arguments, no signal blocked or ignored; its pid,
// or a negative errno.
int nt_spawn_shell(const char *path);
void nt_kill_child(int pid);
// Makes this process the parent of every descendant that has lost its own (PR_SET_CHILD_SUBREAPER); 0, or -1 and errno.
int nt_adopt_orphans(void);
// 1 where the child has ended, with its exit status or the signal that it died of; 0 where it lives. Does not wait.
int nt_reap_child(int pid, int *status, int *signal);

// The driver of a link of the calling thread's namespace (ETHTOOL_GDRVINFO; 32 bytes) and its speed in Mb/s
// (ETHTOOL_GLINKSETTINGS; all ones where unknown). 0, or -1 and errno where the link has no driver to ask.
int nt_ethtool(const char *name, char *driver, uint32_t *speed);

// open(2) of a path below a directory as if that were the root: no link leads out of it, and none of /proc's is followed
// (openat2(2), RESOLVE_IN_ROOT). Where that is not known, or must not be used, a link anywhere is refused (ELOOP, ENOTDIR).
int nt_open_below(int root, const char *path, int flags, int may_use_openat2);
// The same of an absolute path that has no link in it (RESOLVE_NO_SYMLINKS); -1 and errno, ENOSYS before Linux 5.6.
int nt_open_plain(const char *path, int flags);

// mount(2) and the identity of a new user namespace, for the private laboratory.
int nt_mount(const char *source, const char *target, const char *type, unsigned long flags, const char *data);
// The calling thread's effective set (capget(2)): a mask of 1 << number.
uint64_t nt_effective_capabilities(void);
// The root of the calling thread's mount namespace becomes its root and working directory (setns(2) on itself, Linux 5.8).
int nt_enter_own_mounts(void);
// A new tmpfs lies over the working directory, which then is in there (fsmount(2), Linux 5.2). 0, or -1 and errno.
int nt_cover_directory(void);

#endif
