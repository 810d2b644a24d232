/// The rules that versions of Docker make for two networks and a published port, written anew from what their source says
/// (moby, daemon/libnetwork/drivers/bridge: iptabler of 28, nftabler of 29). The shell puts in names and addresses: `$F`
/// and `$B` are the bridges of front and back, `$NF` and `$NB` their subnets, `$A2` the address that port 8080 leads to.
enum DockerRules {
  /// Takes everything away that an engine has made, and the proxies that serve published ports.
  static let clear = """
    for t in filter nat raw mangle; do iptables -t $t -F; iptables -t $t -X; done; iptables -P FORWARD ACCEPT
    nft delete table ip docker-bridges 2>/dev/null; pkill docker-proxy; true

    """

  static let version28 =
    clear + """
      iptables-restore --noflush <<R
      *raw
      -A PREROUTING -d $A2/32 ! -i $F -j DROP
      COMMIT
      *nat
      :DOCKER - [0:0]
      -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
      -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
      -A POSTROUTING -s $NF ! -o $F -j MASQUERADE
      -A POSTROUTING -s $NB ! -o $B -j MASQUERADE
      -A DOCKER ! -i $F -p tcp -m tcp --dport 8080 -j DNAT --to-destination $A2:80
      COMMIT
      *filter
      :FORWARD DROP [0:0]
      :DOCKER - [0:0]
      :DOCKER-BRIDGE - [0:0]
      :DOCKER-CT - [0:0]
      :DOCKER-FORWARD - [0:0]
      :DOCKER-ISOLATION-STAGE-1 - [0:0]
      :DOCKER-ISOLATION-STAGE-2 - [0:0]
      :DOCKER-USER - [0:0]
      -A FORWARD -j DOCKER-USER
      -A FORWARD -j DOCKER-FORWARD
      -A DOCKER -d $A2/32 ! -i $F -o $F -p tcp -m tcp --dport 80 -j ACCEPT
      -A DOCKER ! -i $F -o $F -j DROP
      -A DOCKER ! -i $B -o $B -j DROP
      -A DOCKER-BRIDGE -o $F -j DOCKER
      -A DOCKER-BRIDGE -o $B -j DOCKER
      -A DOCKER-CT -o $F -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
      -A DOCKER-CT -o $B -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
      -A DOCKER-FORWARD -j DOCKER-CT
      -A DOCKER-FORWARD -j DOCKER-ISOLATION-STAGE-1
      -A DOCKER-FORWARD -j DOCKER-BRIDGE
      -A DOCKER-FORWARD -i $F -j ACCEPT
      -A DOCKER-FORWARD -i $B -j ACCEPT
      -A DOCKER-ISOLATION-STAGE-1 -i $F ! -o $F -j DOCKER-ISOLATION-STAGE-2
      -A DOCKER-ISOLATION-STAGE-1 -i $B ! -o $B -j DOCKER-ISOLATION-STAGE-2
      -A DOCKER-ISOLATION-STAGE-2 -o $F -j DROP
      -A DOCKER-ISOLATION-STAGE-2 -o $B -j DROP
      COMMIT
      R

      """

  static let version29 =
    clear + """
      nft -f - <<R
      table ip docker-bridges {
        map filter-forward-in-jumps { type ifname : verdict; elements = { "$F" : jump filter-forward-in__$F, "$B" : jump filter-forward-in__$B } }
        map filter-forward-out-jumps { type ifname : verdict; elements = { "$F" : jump filter-forward-out__$F, "$B" : jump filter-forward-out__$B } }
        map nat-postrouting-in-jumps { type ifname : verdict; elements = { "$F" : jump nat-postrouting-in__$F, "$B" : jump nat-postrouting-in__$B } }
        chain filter-forward-in__$F {
          ct state established,related counter accept
          iifname "$F" counter accept comment "ICC"
          ip daddr $A2 tcp dport 80 counter accept
          counter drop comment "UNPUBLISHED PORT DROP"
        }
        chain filter-forward-in__$B {
          ct state established,related counter accept
          iifname "$B" counter accept comment "ICC"
          counter drop comment "UNPUBLISHED PORT DROP"
        }
        chain filter-forward-out__$F { ct state established,related counter accept; counter accept comment "OUTGOING"; }
        chain filter-forward-out__$B { ct state established,related counter accept; counter accept comment "OUTGOING"; }
        chain filter-FORWARD {
          type filter hook forward priority filter; policy accept;
          oifname vmap @filter-forward-in-jumps
          iifname vmap @filter-forward-out-jumps
        }
        chain nat-postrouting-in__$F { oifname != "$F" ip saddr $NF counter masquerade comment "MASQUERADE"; }
        chain nat-postrouting-in__$B { oifname != "$B" ip saddr $NB counter masquerade comment "MASQUERADE"; }
        chain nat-POSTROUTING {
          type nat hook postrouting priority srcnat; policy accept;
          iifname vmap @nat-postrouting-in-jumps
        }
        chain nat-prerouting-and-output {
          iifname != "$F" tcp dport 8080 counter dnat to $A2:80 comment "DNAT"
        }
        chain nat-PREROUTING {
          type nat hook prerouting priority dstnat; policy accept;
          fib daddr type local counter jump nat-prerouting-and-output
        }
        chain nat-OUTPUT {
          type nat hook output priority -100; policy accept;
          ip daddr != 127.0.0.0/8 fib daddr type local counter jump nat-prerouting-and-output
        }
        chain raw-PREROUTING {
          type filter hook prerouting priority raw; policy accept;
          ip daddr $A2 iifname != "$F" counter drop comment "DROP DIRECT ACCESS"
        }
      }
      R

      """

  /// A published port of 28, without its DNAT; and without a masquerade.
  static let without28 = (
    dnat: "iptables -t nat -F DOCKER", masquerade: "iptables -t nat -D POSTROUTING -s $NF ! -o $F -j MASQUERADE"
  )
  /// The same of 29.
  static let without29 = (
    dnat: "nft flush chain ip docker-bridges nat-prerouting-and-output",
    masquerade: "nft flush chain ip docker-bridges nat-postrouting-in__$F"
  )
}
