/* What `netns-top show` reads of the kernel, read by C and thrown away: the yardstick for its speed.
 *
 *   cc -O2 -o read Tests/Benchmark/read.c && ./read
 *
 * The ids of all namespaces (RTM_GETNSID), then of our own and of each of them the links (RTM_GETLINK with
 * IFLA_TARGET_NETNSID) and the addresses (RTM_GETADDR with IFA_TARGET_NETNSID). */
#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int fd;
static char in[1 << 15];
static unsigned long messages, octets;

static void dump(int type, size_t header, int attribute, int nsid, int *ids, int *count) {
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
  if (send(fd, &out, out.nh.nlmsg_len, 0) < 0) return;
  for (;;) {
    int n = recv(fd, in, sizeof in, 0);
    if (n <= 0) return;
    octets += n;
    for (struct nlmsghdr *h = (void *)in; NLMSG_OK(h, n); h = NLMSG_NEXT(h, n)) {
      if (h->nlmsg_type == NLMSG_DONE || h->nlmsg_type == NLMSG_ERROR) return;
      messages++;
      if (!ids) continue;
      struct rtattr *a = (void *)((char *)NLMSG_DATA(h) + NLMSG_ALIGN(sizeof(struct rtgenmsg)));
      int rest = h->nlmsg_len - NLMSG_SPACE(sizeof(struct rtgenmsg));
      for (; RTA_OK(a, rest); a = RTA_NEXT(a, rest))
        if (a->rta_type == NETNSA_NSID && *count < 65536) memcpy(&ids[(*count)++], RTA_DATA(a), 4);
    }
  }
}

int main(void) {
  static int ids[65536];
  int count = 0, one = 1;
  fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &one, sizeof one);
  dump(RTM_GETNSID, sizeof(struct rtgenmsg), 0, -1, ids, &count);
  for (int i = -1; i < count; i++) {
    int nsid = i < 0 ? -1 : ids[i];
    dump(RTM_GETLINK, sizeof(struct ifinfomsg), IFLA_TARGET_NETNSID, nsid, 0, 0);
    dump(RTM_GETADDR, sizeof(struct ifaddrmsg), IFA_TARGET_NETNSID, nsid, 0, 0);
  }
  printf("%d namespaces, %lu messages, %lu bytes\n", count + 1, messages, octets);
  return 0;
}
