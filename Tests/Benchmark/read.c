/* What `netns-top show` reads of the kernel, read by C and thrown away: the yardstick for its speed.
 *
 *   cc -O2 -o read Tests/Benchmark/read.c && ./read
 *
 * The id of every namespace that `ip netns` knows (RTM_GETNSID by NETNSA_FD); of our own namespace, and of each that has
 * an id in it, the links (RTM_GETLINK with IFLA_TARGET_NETNSID) and the
 * addresses (RTM_GETADDR with IFA_TARGET_NETNSID). The ids are tried from 0 on: a dump of them ends too early. */
#include <dirent.h>
#include <fcntl.h>
#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int fd;
static char in[1 << 15];
static unsigned long messages, octets;

static void name(int directory, const char *file) {
  struct { struct nlmsghdr nh; char rest[64]; } out;
  int ns = openat(directory, file, O_RDONLY | O_CLOEXEC);
  if (ns < 0) return;
  memset(&out, 0, sizeof out);
  struct rtattr *a = (void *)((char *)&out + NLMSG_SPACE(sizeof(struct rtgenmsg)));
  a->rta_type = NETNSA_FD;
  a->rta_len = RTA_LENGTH(4);
  memcpy(RTA_DATA(a), &ns, 4);
  out.nh.nlmsg_len = NLMSG_SPACE(sizeof(struct rtgenmsg)) + RTA_SPACE(4);
  out.nh.nlmsg_type = RTM_GETNSID;
  out.nh.nlmsg_flags = NLM_F_REQUEST;
  out.nh.nlmsg_seq = 1;
  if (send(fd, &out, out.nh.nlmsg_len, 0) > 0 && (octets += recv(fd, in, sizeof in, 0))) messages++;
  close(ns);
}

/* The number of rows; -1 where the kernel refuses. */
static int dump(int type, size_t header, int attribute, int nsid) {
  int rows = 0;
  struct { struct nlmsghdr nh; char rest[64]; } out;
  memset(&out, 0, sizeof out);
  out.nh.nlmsg_len = NLMSG_LENGTH(header);
  out.nh.nlmsg_type = type;
  out.nh.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  out.nh.nlmsg_seq = 1;
  if (nsid >= 0) {
    struct rtattr *a = (void *)((char *)&out + NLMSG_ALIGN(out.nh.nlmsg_len));
    a->rta_type = attribute;
    a->rta_len = RTA_LENGTH(4);
    memcpy(RTA_DATA(a), &nsid, 4);
    out.nh.nlmsg_len = NLMSG_ALIGN(out.nh.nlmsg_len) + RTA_ALIGN(a->rta_len);
  }
  if (send(fd, &out, out.nh.nlmsg_len, 0) < 0) return -1;
  for (;;) {
    int n = recv(fd, in, sizeof in, 0);
    if (n <= 0) return -1;
    octets += n;
    for (struct nlmsghdr *h = (void *)in; NLMSG_OK(h, n); h = NLMSG_NEXT(h, n)) {
      if (h->nlmsg_type == NLMSG_ERROR) return -1;
      if (h->nlmsg_type == NLMSG_DONE) return *(int *)NLMSG_DATA(h) < 0 ? -1 : rows;
      messages++;
      rows++;
    }
  }
}

int main(void) {
  int one = 1, namespaces = 0;
  fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &one, sizeof one);
  DIR *names = opendir("/run/netns");
  for (struct dirent *e; names && (e = readdir(names));)
    if (e->d_name[0] != '.') name(dirfd(names), e->d_name);
  for (int nsid = -1, misses = 0; misses < 64; nsid++) {
    if (dump(RTM_GETLINK, sizeof(struct ifinfomsg), IFLA_TARGET_NETNSID, nsid) < 0) {
      misses++;
      continue;
    }
    dump(RTM_GETADDR, sizeof(struct ifaddrmsg), IFA_TARGET_NETNSID, nsid);
    misses = 0;
    namespaces++;
  }
  printf("%d namespaces, %lu messages, %lu bytes\n", namespaces, messages, octets);
  return 0;
}
